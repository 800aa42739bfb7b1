import { holm, linesFigure } from "facelab";
import { count, percent, points, probability } from "../compare-detectors/cells.js";
import { brokenClassifiers, OUTCOMES, outcomeColumn, PLAIN } from "./08-answers.js";
import { type ConditionKind, conditionKinds } from "./08-conditions.js";
import { bootstrapByPerson } from "./people-bootstrap.js";
import type { ShownFigure, ShownTable } from "./question.js";
import { numbers, type Records, texts } from "./records.js";

/** Whose accuracy has intervals and losses: the first classifier. */
const MAIN = brokenClassifiers[0];

/** So many that a loss that no resample is without stays below .01 after Holm's correction over forty rows. */
const RESAMPLES = 10_000;

type Outcomes = readonly number[];

/** What a classifier answered about every photo, in the same order in every condition. */
export function outcomesAt(
  { tables }: Records,
  classifier: string,
  kind: string,
  strength: number,
): Outcomes {
  const answers = tables.answers!;
  const [kinds, strengths] = [texts(answers, "kind"), numbers(answers, "strength")];
  return numbers(answers, outcomeColumn(classifier)).filter(
    (_, i) => kinds[i] === kind && strengths[i] === strength,
  );
}

/** The part of answers that are one outcome. */
export function partOf(outcomes: Outcomes, outcome: number): number {
  return outcomes.filter((one) => one === outcome).length / outcomes.length;
}

/** Every condition: faces found, and what each classifier answered. */
export function spoiledTable(records: Records): ShownTable {
  const people = texts(records.tables.photos!, "person");
  const plain = outcomesAt(records, MAIN, PLAIN, 0);
  const settings = conditionKinds.flatMap((kind) =>
    kind.strengths.map((strength) => ({ ...kind, strength })),
  );
  const losses = settings.map(({ kind, strength }) =>
    lossOf(people, outcomesAt(records, MAIN, kind, strength), plain),
  );
  const adjusted = holm(losses.map(({ pValue }) => pValue));
  const row = (kind: string, strength: number, measure: string, loss: string): string[] => {
    const main = outcomesAt(records, MAIN, kind, strength);
    const found = main.filter((outcome) => outcome !== OUTCOMES.notFound);
    const { mean, low, high } = accuracyOf(people, main);
    const cosine = outcomesAt(records, "cosine", kind, strength);
    return [
      kind,
      measure,
      percent(found.length / main.length),
      `${percent(mean)} (${percent(low)}-${percent(high)})`,
      loss,
      percent(found.length === 0 ? Number.NaN : partOf(found, OUTCOMES.right)),
      ...brokenClassifiers
        .slice(1)
        .map((name) => percent(partOf(outcomesAt(records, name, kind, strength), OUTCOMES.right))),
      percent(partOf(cosine, OUTCOMES.unknown)),
      percent(partOf(cosine, OUTCOMES.wrong)),
    ];
  };
  return {
    name: "conditions",
    caption:
      `${String(records.about.people)} people of LFW, ${String(records.about.learned)} photos each to learn from as they are, ${String(records.about.spoiled)} others spoiled: right answers in %; a photo without a face counts as not right. ` +
      `In brackets the 95 % interval of the bootstrap over people. Lost: points below the photos as they are; p by the same bootstrap, Holm's correction over the rows (never below ${probability((2 * settings.length) / (RESAMPLES + 1))}, which the resamples allow at least).`,
    rows: [
      [
        "condition",
        "strength",
        "faces found, %",
        `${MAIN}, %`,
        `${MAIN} lost`,
        `${MAIN}, of faces found, %`,
        ...brokenClassifiers.slice(1).map((name) => `${name}, %`),
        'cosine says "unknown", %',
        "cosine says a wrong name, %",
      ],
      row(PLAIN, 0, "", "-"),
      ...settings.map(({ kind, strength, measure }, i) =>
        row(
          kind,
          strength,
          `${count(strength)} (${measure})`,
          `${points(-losses[i]!.mean, 1)}, p ${probability(adjusted[i]!)}`,
        ),
      ),
    ],
  };
}

/** Right answers of the first classifier over the strength of every kind. */
export function spoiledFigure(records: Records): ShownFigure {
  const most = Math.max(...conditionKinds.map(({ strengths }) => strengths.length));
  const steps = Array.from({ length: most + 1 }, (_, step) => step);
  const right = (kind: string, strength: number): number =>
    100 * partOf(outcomesAt(records, MAIN, kind, strength), OUTCOMES.right);
  const lines = conditionKinds.map(({ kind, strengths }: ConditionKind) => ({
    name: kind,
    x: steps,
    y: [right(PLAIN, 0), ...strengths.map((strength) => right(kind, strength))],
  }));
  return {
    name: "strengths",
    description: `right answers of ${MAIN} over the five strengths of each condition`,
    figure: linesFigure(
      "What breaks recognition?",
      `LFW, ${String(records.about.people)} people, ${MAIN}`,
      lines,
      {
        x: {
          title: "strength, as in the table",
          range: [0, most],
          ticks: steps.map((at) => ({ at, text: at === 0 ? "as it is" : String(at) })),
        },
        y: { title: "right answers, %", range: [0, 100] },
      },
    ),
  };
}

function accuracyOf(people: readonly string[], outcomes: Outcomes) {
  return bootstrapByPerson(
    people,
    outcomes.map((outcome) => Number(outcome === OUTCOMES.right)),
  );
}

function lossOf(people: readonly string[], outcomes: Outcomes, plain: Outcomes) {
  return bootstrapByPerson(
    people,
    outcomes.map((outcome, i) => Number(plain[i] === OUTCOMES.right) - Number(outcome === OUTCOMES.right)),
    RESAMPLES,
  );
}
