import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { writePng } from "../images/encode-png.js";
import { type Variation, varyImage } from "../images/vary-image.js";
import { cacheDirectory } from "../inference/cache-directory.js";
import { facePipeline } from "../pipeline/face-pipeline.js";
import { sampleRegions } from "../pipeline/sample-regions.js";
import { createRandom } from "../random.js";
import { writeAside } from "../write-aside.js";

/** Small enough that a face is found in every one of them, and unlike enough to be looked at. */
const variations: readonly Variation[] = [
  { kind: "plain", strength: 0 },
  { kind: "mirror", strength: 0 },
  { kind: "rotate", strength: 12 },
  { kind: "scale", strength: 1.2 },
  { kind: "brightness", strength: 0.5 },
  { kind: "contrast", strength: 0.5 },
  { kind: "blur", strength: 0.008 },
  { kind: "noise", strength: 25 },
  { kind: "jpeg", strength: 15 },
  { kind: "low-resolution", strength: 0.25 },
];

/** Raised whenever other pictures are made. */
const VERSION = 1;

/**
 * A folder of photos, one folder per person, for lessons without photos of one's own: the faces of the sample photos that ship
 * inside of face-api, named face-01, face-02 ..., ten pictures of each: the photo and nine variations of it, which their names tell. Made at
 * the first call and kept in the cache folder.
 * @returns its path.
 */
export async function sampleFolder(onProgress?: (done: number, total: number) => void): Promise<string> {
  const folder = join(cacheDirectory(), `sample-people-${VERSION}`);
  if (existsSync(folder)) return folder;
  await mkdir(cacheDirectory(), { recursive: true });
  const { regions } = await sampleRegions(await facePipeline(), onProgress);
  await writeAside(folder, async (aside) => {
    for (const [i, { image }] of regions.entries()) {
      const name = `face-${String(i + 1).padStart(2, "0")}`;
      await mkdir(join(aside, name), { recursive: true });
      for (const variation of variations) {
        const random = createRandom(0).fork(name).fork(variation.kind);
        const picture = await varyImage(image, variation, random);
        await writePng(join(aside, name, `${variation.kind}.png`), picture);
      }
    }
  }).catch((error: unknown) => {
    // Another notebook may have made it in the meantime.
    if (!existsSync(folder)) throw error;
  });
  return folder;
}
