import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type DiskCache, diskCache, type Embedder, type FacePipeline, readPhotoFile } from "facelab";
import { expect, it } from "vitest";
import { photoWork } from "../../src/lib/dist/pipeline/photo-work.js";
import { faceAt, fakePipeline } from "../support/fake-pipeline.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const folder = await temporaryFolder();
const files = await Promise.all(
  [50, 90, 130, 170, 210].map(async (grey) => {
    const path = join(folder, `${grey}.pgm`);
    await writeFile(path, Buffer.concat([Buffer.from("P5\n40 40\n255\n"), Buffer.alloc(1600, grey)]));
    return readPhotoFile(path);
  }),
);

/** A pipeline whose networks take a while, and the most that were computing at once. */
function slowly(cache?: DiskCache): FacePipeline & { readonly most: () => number } {
  let [computing, most] = [0, 0];
  const slow = async <T>(compute: () => Promise<T>): Promise<T> => {
    most = Math.max(most, ++computing);
    await new Promise((resolve) => setTimeout(resolve, 5));
    computing--;
    return compute();
  };
  const { detector, embedder, ...fake } = fakePipeline(() => [faceAt(2, 2, 20)]);
  const slower = (name: string): Embedder => ({
    ...embedder,
    name,
    embed: (chips) => slow(() => embedder.embed(chips)),
  });
  return {
    ...fake,
    detector: { ...detector, detect: (image) => slow(() => detector.detect(image)) },
    embedder: slower(embedder.name),
    others: [slower("other")],
    cache,
    most: () => most,
  };
}

it("has the networks of one thread compute for one photo at a time, and answers about each its own", async () => {
  const pipeline = slowly();
  const work = photoWork(Promise.resolve(pipeline));
  const tasks = files.flatMap((photo) => (["embed", "extract"] as const).map((kind) => ({ kind, photo })));
  const atOnce = await Promise.all(tasks.map(work));
  expect(pipeline.most()).toBe(1);
  for (const [i, task] of tasks.entries()) expect(atOnce[i]).toEqual(await work(task));
  expect(new Set(atOnce.map(({ value }) => JSON.stringify(value))).size).toBe(tasks.length);
});

it("counts what had been kept once, whichever answer says so", async () => {
  const total = async (): Promise<number> => {
    const work = photoWork(Promise.resolve(slowly(diskCache(join(folder, "cache")))));
    const answers = await Promise.all(files.map((photo) => work({ kind: "embed", photo })));
    return answers.reduce((sum, { hits }) => sum + hits, 0);
  };
  expect([await total(), await total()]).toEqual([0, files.length]);
});
