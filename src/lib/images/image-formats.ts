import { extname } from "node:path";

/**
 * The suffixes of the files that {@link decodeImage} is meant for, in lower case with their dot. They only decide which
 * files of a folder are taken for photos; what a file really holds is decided by its content.
 */
export const imageSuffixes: readonly string[] = [
  ".avif",
  ".gif",
  ".jfif",
  ".jpe",
  ".jpeg",
  ".jpg",
  ".pgm",
  ".png",
  ".pnm",
  ".ppm",
  ".tif",
  ".tiff",
  ".webp",
];

/** Says whether a file is a photo by its suffix, in upper or lower case. */
export function hasImageSuffix(path: string): boolean {
  return imageSuffixes.includes(extname(path).toLowerCase());
}
