import { InputError, requireInteger } from "../errors.js";
import type { Random, Split } from "../types.js";
import { groupByLabel } from "./group-by-label.js";

/** How {@link stratifiedSplits} divides. */
export interface SplitOptions {
  /** Share of each person's photos to test on, in (0, 1). @default 0.3 */
  readonly testSize?: number;
  /** How many splits. @default 1 */
  readonly repeats?: number;
  readonly random: Random;
}

/** Splits, and the people who could not be divided. */
export interface StratifiedSplits {
  readonly splits: readonly Split[];
  /** People with one photo: it is always in `train`, so nothing is measured on them. */
  readonly trainOnly: readonly string[];
}

/**
 * Divides photos at random into train and test, person by person: of n photos round(n x testSize) are for the test, at
 * least 1 and at most n - 1. Positions are ascending. Every repeat and every person draws from a stream of its own, so
 * that more repeats or people change nothing of the others.
 * @param labels the name on each photo.
 * @throws InputError on an option out of range, fewer than two people, or nobody with two photos.
 */
export function stratifiedSplits(
  labels: readonly string[],
  { testSize = 0.3, repeats = 1, random }: SplitOptions,
): StratifiedSplits {
  if (!(testSize > 0 && testSize < 1))
    throw new InputError(`invalid testSize: ${testSize} (must be a number > 0 and < 1)`);
  requireInteger("repeats", repeats, 1);
  const people = [...groupByLabel(labels)];
  if (people.length < 2)
    throw new InputError(`too few people: ${people.length} (a comparison needs at least two people)`);
  const trainOnly = people.filter(([, photos]) => photos.length < 2).map(([label]) => label);
  if (trainOnly.length === people.length) {
    throw new InputError("nothing to test on: every person has one photo only (at least one needs two)");
  }
  const splits = Array.from({ length: repeats }, (_, repeat): Split => {
    const stream = random.fork(`split ${repeat}`);
    const train: number[] = [];
    const test: number[] = [];
    for (const [label, photos] of people) {
      const count = testCount(photos.length, testSize);
      const shuffled = stream.fork(label).shuffle(photos);
      test.push(...shuffled.slice(0, count));
      train.push(...shuffled.slice(count));
    }
    return { train: train.sort((a, b) => a - b), test: test.sort((a, b) => a - b) };
  });
  return { splits, trainOnly };
}

function testCount(photos: number, testSize: number): number {
  return photos < 2 ? 0 : Math.min(photos - 1, Math.max(1, Math.round(photos * testSize)));
}
