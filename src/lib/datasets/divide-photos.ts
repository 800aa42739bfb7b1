import type { Random } from "../types.js";
import type { Photo } from "./photo.js";
import { stratifiedSplits } from "./stratified-splits.js";

/** Photos, each in train or test. */
export interface DividedPhotos {
  readonly photos: readonly (Photo & { readonly part: "train" | "test" })[];
  /** Whether the dataset came divided: then nothing was drawn. */
  readonly ownDivision: boolean;
  /** People with one photo, or with copies only, where the division was drawn: nothing is tested of them. */
  readonly trainOnly: readonly string[];
  /** Test photos of a dataset that came divided which are in its train part too: they are not in `photos`. */
  readonly alsoInTrain: readonly Photo[];
}

/**
 * Keeps the dataset's own division into train and test, or draws one, person by person. Copies of a photo are on one side: a drawn
 * division keeps them together, and of one that the dataset came with, test photos that are also in train are left out; its train part
 * stays as it was meant.
 * @param options the share of each person's photos to test on (by default 0.3), for each photo what it is a copy of (its
 * sha256; by default there are no copies), and what drives the drawing.
 * @throws InputError where there is nothing to divide: one person, or one photo of each.
 */
export function dividePhotos(
  photos: readonly Photo[],
  {
    testSize,
    groups,
    random,
  }: {
    readonly testSize?: number;
    readonly groups?: readonly (string | undefined)[];
    readonly random: Random;
  },
): DividedPhotos {
  const own = photos.flatMap((photo) => (photo.part === undefined ? [] : [{ ...photo, part: photo.part }]));
  if (own.length === photos.length) {
    const leaked = testAlsoInTrain(
      own.map(({ part }) => part),
      groups ?? [],
    );
    return {
      photos: own.filter((_, i) => !leaked.has(i)),
      ownDivision: true,
      trainOnly: [],
      alsoInTrain: photos.filter((_, i) => leaked.has(i)),
    };
  }
  const labels = photos.map(({ label }) => label);
  const { splits, trainOnly } = stratifiedSplits(labels, { testSize, groups, random });
  const test = new Set(splits[0]?.test);
  const drawn = photos.map((photo, i) => ({ ...photo, part: test.has(i) ? "test" : "train" }) as const);
  return { photos: drawn, ownDivision: false, trainOnly, alsoInTrain: [] };
}

/** The positions in test whose group is in train as well, by whatever name. */
export function testAlsoInTrain(
  parts: readonly ("train" | "test" | undefined)[],
  groups: readonly (string | undefined)[],
): Set<number> {
  const learned = new Set(groups.filter((_, i) => parts[i] === "train"));
  learned.delete(undefined);
  return new Set([...parts.keys()].filter((i) => parts[i] === "test" && learned.has(groups[i])));
}
