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

/** Pictures that cameras and phones write and {@link decodeImage} does not read. */
const otherSuffixes: readonly string[] = [
  ".arw",
  ".bmp",
  ".cr2",
  ".cr3",
  ".dng",
  ".heic",
  ".heif",
  ".jp2",
  ".jxl",
  ".nef",
  ".orf",
  ".raf",
  ".rw2",
];

/**
 * Says whether somebody may have meant a file for a photo, by its suffix: those of {@link hasImageSuffix}, and of the formats of
 * cameras and phones that are not read.
 */
export function looksLikePhoto(path: string): boolean {
  return hasImageSuffix(path) || otherSuffixes.includes(extname(path).toLowerCase());
}

/** Says whether a file is a photo by its suffix, in upper or lower case. */
export function hasImageSuffix(path: string): boolean {
  return imageSuffixes.includes(extname(path).toLowerCase());
}
