import { InputError } from "../errors.js";

/**
 * Photos of a dataset that is divided.
 * @throws InputError naming the first photo that is neither in train nor in test.
 */
export function requireParts<T extends { readonly path: string; readonly part?: "train" | "test" }>(
  photos: readonly T[],
): (T & { readonly part: "train" | "test" })[] {
  return photos.map((photo) => {
    if (photo.part === undefined) {
      throw new InputError(
        `photo without a part: ${photo.path} (split the dataset into train and test first)`,
      );
    }
    return { ...photo, part: photo.part };
  });
}
