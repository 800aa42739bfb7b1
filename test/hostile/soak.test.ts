import { facePipeline } from "facelab";
import { expect, it } from "vitest";
import { faceAt, fakePipeline } from "../support/fake-pipeline.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { soak } from "./soak.js";

/** The long one: `npm run soak`. */
const images = Number(process.env.FACELAB_SOAK ?? 150);
const ssdImages = Number(process.env.FACELAB_SOAK_SSD ?? 0);
const long = images > 150;

it(`memory stays flat over ${images} photos, by a detector that costs nothing`, {
  timeout: 3_600_000,
}, async () => {
  const pipeline = fakePipeline(({ width }) => [faceAt(width / 4, width / 8, width / 4)]);
  const { counts, first, half, last } = await measure(images, pipeline);
  expect(counts).toEqual({ faces: images - images / 10, unreadable: images / 10 });
  // The largest photo is 36 MB of pixels; a leak of all would be more than 1,000 MB in the short run.
  if (long) expect(last).toBeLessThanOrEqual(1.1 * half);
  else expect(last - first).toBeLessThan(400);
});

if (ssdImages > 0) {
  it(`and over ${ssdImages} photos by SSD`, { timeout: 3_600_000 }, async () => {
    const { counts, half, last } = await measure(
      ssdImages,
      await facePipeline({ detector: "ssd", cache: false }),
    );
    expect(counts.faces).toBeGreaterThan(0.8 * ssdImages);
    expect(last).toBeLessThanOrEqual(1.1 * half);
  });
}

/**
 * What the process held after the first tenth of the photos, half-way and at the end: each the middle one of a few looks. In the
 * first half glibc spreads large buffers over an arena for each thread, which MALLOC_ARENA_MAX=2 in the environment prevents;
 * a leak would go on in the second.
 */
async function measure(count: number, pipeline: Parameters<typeof soak>[0]["pipeline"]) {
  const looks: number[] = [];
  const counts = await soak({
    folder: await temporaryFolder(),
    images: count,
    pipeline,
    every: Math.max(1, Math.round(count / 50)),
    onMemory(done, megabytes) {
      looks.push(megabytes);
      if (long && done % 200 === 0) console.log(`${done} photos: ${megabytes} MB`);
    },
  });
  const middle = (some: number[]): number => some.toSorted((a, b) => a - b)[some.length >> 1]!;
  const at = looks.length >> 1;
  return {
    counts,
    first: middle(looks.slice(5, 10)),
    half: middle(looks.slice(at, at + 5)),
    last: middle(looks.slice(-5)),
  };
}
