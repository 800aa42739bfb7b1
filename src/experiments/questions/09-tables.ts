import { holm } from "facelab";
import { count, percent, points, probability } from "../compare-detectors/cells.js";
import { answerColumn, type ImageOutcome } from "./09-answers.js";
import { imageMethods } from "./09-methods.js";
import { bootstrapByPerson } from "./people-bootstrap.js";
import type { ShownTable } from "./question.js";
import { numbers, type Records, texts } from "./records.js";

/** 1 where a method named the person, 0 elsewhere; nothing where it was not run. */
export function rightOf({ tables }: Records, name: string): readonly number[] | undefined {
  const answers = tables.answers!;
  if (!(answerColumn(name) in answers)) return undefined;
  const people = texts(answers, "person");
  return texts(answers, answerColumn(name)).map((answer, i) => Number(answer === people[i]));
}

/** Every method, with what it loses against embeddings. */
export function imageTable(records: Records): ShownTable {
  const people = texts(records.tables.answers!, "person");
  const repeats = numbers(records.tables.answers!, "repeat");
  const outcomes = new Map((records.about.methods as readonly ImageOutcome[]).map((one) => [one.name, one]));
  const first = rightOf(records, imageMethods[0]!.name)!;
  const ran = imageMethods.slice(1).filter(({ name }) => rightOf(records, name) !== undefined);
  const losses = ran.map(({ name }) =>
    bootstrapByPerson(
      people,
      rightOf(records, name)!.map((right, i) => first[i]! - right),
    ),
  );
  const adjusted = holm(losses.map(({ pValue }) => pValue));
  const rows = imageMethods.map(({ name, sees }) => {
    const right = rightOf(records, name);
    const { dimensions, fitSeconds, notRun } = outcomes.get(name) ?? {};
    if (right === undefined) return [name, sees, "-", `not run (${notRun?.split(" (")[0]})`, "-", "-", "-"];
    const { mean, low, high } = bootstrapByPerson(people, right);
    const byRepeat = [...new Set(repeats)].map((repeat) => {
      const own = right.filter((_, i) => repeats[i] === repeat);
      return percent(own.reduce((sum, one) => sum + one, 0) / own.length, 0);
    });
    const place = ran.findIndex((one) => one.name === name);
    return [
      name,
      sees,
      count(dimensions ?? 0),
      `${percent(mean)} (${percent(low)}-${percent(high)})`,
      byRepeat.join(", "),
      place < 0 ? "-" : `${points(-losses[place]!.mean, 1)}, p ${probability(adjusted[place]!)}`,
      (fitSeconds ?? 0).toString(),
    ];
  });
  const { about } = records;
  return {
    name: "methods",
    caption:
      `${String(about.people)} people of LFW drawn among those with ${Number(about.learned) + Number(about.tested)} photos, ${String(about.learned)} photos each to learn from and ${String(about.tested)} to be asked about, ${String(about.repeats)} repeats: right answers in %, in brackets the 95 % interval of the bootstrap over people. ` +
      "The bootstrap draws people, not other photos of theirs or other starts of a network, so that the intervals of what is trained by chance are too narrow. Beside the first row: points, p by the same bootstrap, Holm's correction over the rows (the resamples allow none below that of the clearest rows). Seconds are of one machine with other work on it.",
    rows: [
      ["method", "sees", "numbers a photo", "right, %", "by repeat, %", "beside the first row", "fit, s"],
      ...rows,
    ],
  };
}
