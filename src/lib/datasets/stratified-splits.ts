import { InputError, requireInteger } from "../errors.js";
import type { Random, Split } from "../types.js";
import { equalGroups } from "./duplicates.js";
import { groupByLabel } from "./group-by-label.js";

/** How {@link stratifiedSplits} divides. */
export interface SplitOptions {
  /** Share of each person's photos to test on, in (0, 1). @default 0.3 */
  readonly testSize?: number;
  /** How many splits. @default 1 */
  readonly repeats?: number;
  /**
   * For each photo what it is a copy of, as its sha256: photos of one group are never divided. Undefined is a copy of nothing.
   * @default no copies
   */
  readonly groups?: readonly (string | undefined)[];
  readonly random: Random;
}

/** Splits, and the people who could not be divided. */
export interface StratifiedSplits {
  readonly splits: readonly Split[];
  /** People with one photo, or with copies only: they are always in `train`, so nothing is measured on them. */
  readonly trainOnly: readonly string[];
}

/**
 * Divides photos at random into train and test, person by person: of n photos round(n x testSize) are for the test, at
 * least 1 and at most n - 1. Positions are ascending. Every repeat and every person draws from a stream of its own, so
 * that more repeats or people change nothing of the others.
 *
 * With groups these counts are come as near to as whole groups allow: groups are taken in the order drawn, those that are too large for
 * what is left of the test part go to train, and where none fits, the smallest is tested on. A group of several people's
 * photos is always in train: no answer would be right for all of them.
 * @param labels the name on each photo.
 * @throws InputError on an option out of range, fewer than two people, nobody with two photos, or groups of another number than labels.
 */
export function stratifiedSplits(
  labels: readonly string[],
  { testSize = 0.3, repeats = 1, groups, random }: SplitOptions,
): StratifiedSplits {
  if (!(testSize > 0 && testSize < 1))
    throw new InputError(`invalid testSize: ${testSize} (must be a number > 0 and < 1)`);
  requireInteger("repeats", repeats, 1);
  if (groups !== undefined && groups.length !== labels.length)
    throw new InputError(
      `invalid groups: ${groups.length} (must be one for each of ${labels.length} photos)`,
    );
  const people = [...groupByLabel(labels)];
  if (people.length < 2)
    throw new InputError(`too few people: ${people.length} (a comparison needs at least two people)`);
  const units = copiesOf(labels, groups ?? []);
  const trainOnly = people.filter(([, photos]) => !divisible(photos, units)).map(([label]) => label);
  if (trainOnly.length === people.length) {
    const copies = people.some(([, photos]) => photos.length > 1) ? ", or copies of one photo" : "";
    throw new InputError(
      `nothing to test on: every person has one photo only${copies} (at least one needs two)`,
    );
  }
  const splits = Array.from({ length: repeats }, (_, repeat): Split => {
    const stream = random.fork(`split ${repeat}`);
    const train: number[] = [];
    const test: number[] = [];
    for (const [label, photos] of people) {
      const count = divisible(photos, units) ? testCount(photos.length, testSize) : 0;
      const shuffled = stream.fork(label).shuffle(photos);
      const drawn = drawUnits(shuffled, count, units);
      test.push(...drawn);
      train.push(...shuffled.filter((photo) => !drawn.has(photo)));
    }
    return { train: train.sort((a, b) => a - b), test: test.sort((a, b) => a - b) };
  });
  return { splits, trainOnly };
}

/** A line that names the people who are trained on and not tested, for each of the two reasons; none where there are none. */
export function describeTrainOnly(labels: readonly string[], trainOnly: readonly string[]): string[] {
  const photos = groupByLabel(labels);
  const single = trainOnly.filter((label) => photos.get(label)?.length === 1);
  const copies = trainOnly.filter((label) => !single.includes(label));
  return [
    ...(single.length > 0 ? [`with one photo, only trained on: ${single.join(", ")}`] : []),
    ...(copies.length > 0
      ? [`with copies that cannot be divided, only trained on: ${copies.join(", ")}`]
      : []),
  ];
}

/** The copies of each photo that has some, itself included, by its position; "shared" where they have several names. */
type Units = ReadonlyMap<number, readonly number[] | "shared">;

function copiesOf(labels: readonly string[], groups: readonly (string | undefined)[]): Units {
  return new Map(
    equalGroups(groups).flatMap((group) => {
      const shared = new Set(group.map((position) => labels[position])).size > 1;
      return group.map((position) => [position, shared ? ("shared" as const) : group] as const);
    }),
  );
}

/** Whether something of a person can be tested on while something is left to learn from. */
function divisible(photos: readonly number[], units: Units): boolean {
  return photos.some((photo) => {
    const copies = units.get(photo) ?? [photo];
    return copies !== "shared" && copies.length < photos.length;
  });
}

/** The photos to test on: without copies simply the first `count`. */
function drawUnits(shuffled: readonly number[], count: number, units: Units): Set<number> {
  const drawn = new Set<number>();
  let smallest: readonly number[] | undefined;
  for (const photo of shuffled) {
    if (drawn.size >= count) break;
    const copies = units.get(photo) ?? [photo];
    if (copies === "shared" || drawn.has(photo)) continue;
    if (drawn.size + copies.length <= count) for (const copy of copies) drawn.add(copy);
    else if (copies.length < (smallest?.length ?? shuffled.length)) smallest = copies;
  }
  return count > 0 && drawn.size === 0 ? new Set(smallest) : drawn;
}

function testCount(photos: number, testSize: number): number {
  return photos < 2 ? 0 : Math.min(photos - 1, Math.max(1, Math.round(photos * testSize)));
}
