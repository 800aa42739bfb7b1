import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { decodeImage, type RgbImage } from "facelab";

const demo = join(
  dirname(createRequire(import.meta.url).resolve("@vladmandic/face-api/package.json")),
  "demo",
);

/** The names of face-api's six photos, 3 to 5 faces each; they come with the package. */
export const sampleNames: readonly string[] = [1, 2, 3, 4, 5, 6].map((number) => `sample${number}.jpg`);

/** The path of one of {@link sampleNames}. */
export function samplePath(name: string): string {
  return join(demo, name);
}

const decoded = new Map<string, Promise<RgbImage>>();

/** One of {@link sampleNames}, decoded once in a test file. */
export function samplePhoto(name: string): Promise<RgbImage> {
  const known = decoded.get(name) ?? decodeImage(samplePath(name));
  decoded.set(name, known);
  return known;
}
