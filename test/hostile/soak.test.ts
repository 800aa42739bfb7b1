import { facePipeline, shippedMtcnnWeights } from "facelab";
import { afterAll, expect, it } from "vitest";
import { faceAt, fakePipeline } from "../support/fake-pipeline.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { soak, soakPhotos } from "./soak.js";

/** The long one, 2,000: `npm run soak`. */
const images = Number(process.env.FACELAB_SOAK ?? 150);
const long = images >= 1000;
const photos = soakPhotos(await temporaryFolder(), images);

it(`memory stays flat over ${images} photos, by a detector that costs nothing`, {
  timeout: 3_600_000,
}, async () => {
  const pipeline = fakePipeline(({ width }) => [faceAt(width / 4, width / 8, width / 4)]);
  const { counts, megabytes } = await soak(await photos, pipeline);
  expect(counts).toEqual({ faces: images - images / 10, unreadable: images / 10 });
  // The largest photo is 36 MB of pixels; a leak of all would be more than 1,000 MB in the short run.
  expect(megabytes.at(-1)! - megabytes[0]!).toBeLessThan(400);
  if (long) expectFlat(megabytes);
});

if (long) {
  // Large faces only: it is the photos that take memory.
  const pipeline = facePipeline({
    weights: shippedMtcnnWeights,
    minFaceSize: 150,
    face: "largest",
    workers: 2,
    cache: false,
  });
  afterAll(async () => (await pipeline).pool?.close());

  it(`and over ${images} photos by MTCNN, on two threads`, { timeout: 3_600_000 }, async () => {
    const { counts, megabytes } = await soak(await photos, await pipeline);
    expect(counts.unreadable).toBe(images / 10);
    expect(counts.faces).toBeGreaterThan(0.4 * images);
    expectFlat(megabytes);
  });
}

/** Within a tenth of the middle one, once the first tenth of the photos, 200, is done. */
function expectFlat([, ...megabytes]: readonly number[]): void {
  console.log(`in MB: ${megabytes.join(" ")}`);
  const middle = megabytes.toSorted((a, b) => a - b)[megabytes.length >> 1]!;
  for (const one of megabytes) {
    expect(one).toBeGreaterThan(0.9 * middle);
    expect(one).toBeLessThan(1.1 * middle);
  }
}
