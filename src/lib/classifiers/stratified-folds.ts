import { requireInteger } from "../errors.js";
import type { Random, Sample, Split } from "../types.js";
import { type TrainingSet, trainingSet } from "./training-set.js";

/**
 * Deals each person's photos into folds as evenly as they go, for choosing hyper-parameters inside a training set.
 *
 * A person with one photo is never held out (who could recognise them?) and trains in every fold. The number of folds is
 * reduced to the smallest number of photos, at least two, that another person has.
 * @param samples the training set.
 * @param random a classifier's `fit` makes the very same folds of the same samples and the same `random`.
 * @param folds at most this many, >= 2.
 * @returns one split per fold, ascending positions in `samples`; none where nobody has two photos or there is one person.
 * @throws InputError on samples that no classifier would fit, or on an invalid number of folds.
 */
export function innerFolds(samples: readonly Sample[], random: Random, folds: number = 3): Split[] {
  requireInteger("folds", folds, 2);
  const set = trainingSet(samples, { normalize: false });
  const toPositions = (rows: Int32Array): number[] =>
    [...rows.map((row) => set.positions[row]!)].sort((a, b) => a - b);
  return stratifiedFolds(set, random, folds).map(({ train, test }) => ({
    train: toPositions(train),
    test: toPositions(test),
  }));
}

/** {@link innerFolds} as rows of a training set. */
export function stratifiedFolds(
  { codes, labels }: TrainingSet,
  random: Random,
  folds: number,
): { train: Int32Array; test: Int32Array }[] {
  const members: number[][] = labels.map(() => []);
  codes.forEach((code, row) => {
    members[code]!.push(row);
  });
  const divisible = members.filter((rows) => rows.length >= 2);
  if (labels.length < 2 || divisible.length === 0) return [];
  const count = Math.min(folds, ...divisible.map((rows) => rows.length));

  const shuffler = random.fork("folds");
  const foldOf = new Int32Array(codes.length).fill(-1);
  // The deal goes on from person to person: starting each at fold 0 would make the first fold the largest.
  let next = 0;
  for (const rows of divisible) {
    for (const row of shuffler.shuffle(rows)) foldOf[row] = next++ % count;
  }
  const all = Int32Array.from(codes.keys());
  return Array.from({ length: count }, (_, fold) => ({
    train: all.filter((row) => foldOf[row] !== fold),
    test: all.filter((row) => foldOf[row] === fold),
  }));
}
