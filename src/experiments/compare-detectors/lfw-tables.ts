import { mcnemar, meanAndDeviation, toMarkdown, type VerificationFold, verificationFolds } from "facelab";
import { count, percent, points } from "./cells.js";
import type { LfwRecord } from "./lfw.js";
import type { Section } from "./sections.js";
import { type Side, sides } from "./sides.js";

type Of<Kind extends LfwRecord["kind"]> = Extract<LfwRecord, { kind: Kind }>;

/** View 2 fold by fold, whether the difference may be chance, photos without a face; and the classifiers on the celebrities. */
export function lfwTables({ records }: Section<LfwRecord>): string {
  const pairs = records.filter((record): record is Of<"pair"> => record.kind === "pair");
  const answers = records.filter((record): record is Of<"celebrity"> => record.kind === "celebrity");
  const missing = records.filter((record): record is Of<"no face"> => record.kind === "no face");
  const numbers = [...new Set(pairs.map(({ fold }) => fold))];
  const folds = Object.fromEntries(
    sides.map((side) => [
      side,
      verificationFolds(
        numbers.map((number) =>
          pairs.filter(({ fold }) => fold === number).map((pair) => ({ score: pair[side], same: pair.same })),
        ),
      ),
    ]),
  ) as Record<Side, VerificationFold[]>;
  const rows = numbers.map((number, i) => {
    const [ours, reference] = [folds.ours[i]!.accuracy, folds.reference[i]!.accuracy];
    return [count(number), percent(ours, 2), percent(reference, 2), points(ours - reference)];
  });
  const spread = (values: readonly number[], format: (value: number, digits: number) => string): string => {
    const { mean, deviation } = meanAndDeviation(values);
    return `${format(mean, 2)} +- ${percent(deviation, 2)}`;
  };
  const all = (side: Side): number[] => folds[side].map(({ accuracy }) => accuracy);
  const differences = folds.ours.map(({ accuracy }, i) => accuracy - folds.reference[i]!.accuracy);
  rows.push([
    "all",
    spread(all("ours"), percent),
    spread(all("reference"), percent),
    spread(differences, points),
  ]);
  const right = Object.fromEntries(
    sides.map((side) => [side, folds[side].flatMap(({ correct }) => correct)]),
  ) as Record<Side, boolean[]>;
  const only = (side: Side, other: Side): number =>
    right[side].filter((is, i) => is && !right[other][i]).length;
  const [oursOnly, referenceOnly] = [only("ours", "reference"), only("reference", "ours")];
  const without = (side: Side): string => {
    const photos = missing.filter((record) => record.side === side).map(({ photo }) => photo);
    return `${side} ${photos.length}${photos.length === 0 ? "" : ` (${photos.join(", ")})`}`;
  };
  return [
    `LFW, View 2, ${pairs.length} pairs: cosine of dlib's embeddings, the threshold of each fold chosen on the others; no pair is left out. In %:\n`,
    toMarkdown([["fold", "ours", "reference", "difference"], ...rows]),
    `\nRight with ours only: ${oursOnly} pairs, with the reference only: ${referenceOnly}; McNemar's exact test: p = ${mcnemar(oursOnly, referenceOnly).toPrecision(3)}.`,
    `Photos without a face, for which the place counts where faces are on average: ${sides.map(without).join("; ")}.\n`,
    "The five celebrities, learned from train and tested on val, all photos, in %:\n",
    toMarkdown([["classifier", "photos", "ours", "reference", "difference"], ...celebrityRows(answers)]),
  ].join("\n");
}

function celebrityRows(answers: readonly Of<"celebrity">[]): string[][] {
  return [...new Set(answers.map(({ classifier }) => classifier))].map((name) => {
    const [ours, reference] = sides.map((side) => {
      const own = answers.filter((one) => one.classifier === name && one.side === side);
      return { photos: own.length, accuracy: own.filter(({ correct }) => correct).length / own.length };
    }) as [{ photos: number; accuracy: number }, { photos: number; accuracy: number }];
    const difference = points(ours.accuracy - reference.accuracy, 1);
    return [name, count(ours.photos), percent(ours.accuracy), percent(reference.accuracy), difference];
  });
}
