import type { Random } from "../types.js";
import type { Photo } from "./photo.js";
import { stratifiedSplits } from "./stratified-splits.js";

/** Photos, each in train or test. */
export interface DividedPhotos {
  readonly photos: readonly (Photo & { readonly part: "train" | "test" })[];
  /** Whether the dataset came divided: then nothing was drawn. */
  readonly ownDivision: boolean;
  /** People with one photo, where the division was drawn: nothing is tested of them. */
  readonly trainOnly: readonly string[];
}

/**
 * Keeps the dataset's own division into train and test, or draws one, person by person.
 * @param options the share of each person's photos to test on (by default 0.3), and what drives the drawing.
 * @throws InputError where there is nothing to divide: one person, or one photo of each.
 */
export function dividePhotos(
  photos: readonly Photo[],
  { testSize, random }: { readonly testSize?: number; readonly random: Random },
): DividedPhotos {
  const own = photos.flatMap((photo) => (photo.part === undefined ? [] : [{ ...photo, part: photo.part }]));
  if (own.length === photos.length) return { photos: own, ownDivision: true, trainOnly: [] };
  const labels = photos.map(({ label }) => label);
  const { splits, trainOnly } = stratifiedSplits(labels, { testSize, random });
  const test = new Set(splits[0]?.test);
  const drawn = photos.map((photo, i) => ({ ...photo, part: test.has(i) ? "test" : "train" }) as const);
  return { photos: drawn, ownDivision: false, trainOnly };
}
