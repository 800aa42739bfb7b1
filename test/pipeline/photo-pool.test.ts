import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { choosePrecision, embedPhotos, extractFaces, facePipeline, type Photo, photoPool } from "facelab";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { writeDrawing, writeFacePhoto } from "../experiments/face-photos.js";
import { itWithShared, mtcnnManifest, mtcnnShard, sharedPath } from "../support/shared.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const itWithWeights = itWithShared(mtcnnManifest, mtcnnShard);
const folder = await temporaryFolder();
const photos: Photo[] = [];

describe("a pool", { timeout: 180_000 }, () => {
  beforeAll(async () => {
    for (const who of ["left", "middle", "right"] as const) {
      for (const variant of ["plain", "dark", "mirrored", "small"] as const) {
        const path = join(folder, `${who} ${variant}.jpg`);
        await writeFacePhoto(path, who, variant);
        photos.push({ path, label: who });
      }
    }
    await writeDrawing(join(folder, "drawing.png"), "#336699");
    await writeFile(join(folder, "broken.jpg"), "no photo");
    photos.splice(3, 0, { path: join(folder, "broken.jpg"), label: "left" });
    photos.splice(7, 0, { path: join(folder, "drawing.png"), label: "middle" });
    photos.push({ path: join(folder, "missing.jpg"), label: "right" });
  });

  it("gives the same results in the same order, whatever the number of threads", async () => {
    const one = await facePipeline({ detector: "ssd", cache: false, threads: 1 });
    const expected = await embedPhotos(photos, one);
    expect(
      expected.filter(({ kind }) => kind === "none").map(({ path }) => path.slice(folder.length + 1)),
    ).toEqual(["broken.jpg", "drawing.png", "missing.jpg"]);
    for (const { path, kind, sha256, imageHash } of expected) {
      if (path.endsWith("missing.jpg")) expect([sha256, imageHash]).toEqual([undefined, undefined]);
      else expect(sha256).toMatch(/^[0-9a-f]{64}$/);
      if (kind === "face" || path.endsWith("drawing.png")) expect(imageHash).toMatch(/^[0-9a-f]{16}$/);
    }
    const crops = await extractFaces(photos, one, one.embedder.aligner);
    for (const workers of [2, 3]) {
      const several = await facePipeline({ detector: "ssd", cache: false, workers });
      const done: number[] = [];
      expect(await embedPhotos(photos, several, (count) => done.push(count))).toEqual(expected);
      expect(done).toEqual(photos.map((_, i) => i + 1));
      if (workers === 2) expect(await extractFaces(photos, several, several.embedder.aligner)).toEqual(crops);
      await several.pool?.close();
    }
  });

  itWithWeights("gives MTCNN's faces to the bit, whatever the number of threads", async () => {
    const options = { detector: "mtcnn", weights: sharedPath(mtcnnManifest), cache: false } as const;
    const expected = await embedPhotos(photos, await facePipeline({ ...options, threads: 1 }));
    expect(expected.filter(({ kind }) => kind === "face").length).toBeGreaterThanOrEqual(10);
    for (const workers of [2, 3]) {
      const several = await facePipeline({ ...options, workers });
      expect(await embedPhotos(photos, several)).toEqual(expected);
      await several.pool?.close();
    }
  });

  it("counts each photo once whose detections were kept", async () => {
    vi.stubEnv("XDG_CACHE_HOME", join(folder, "kept"));
    const extract = async (): Promise<[unknown, number]> => {
      const pipeline = await facePipeline({ detector: "ssd", workers: 2 });
      const crops = await extractFaces(photos, pipeline, pipeline.embedder.aligner);
      const hits = pipeline.pool?.hits() ?? Number.NaN;
      await pipeline.pool?.close();
      return [crops, hits];
    };
    const [crops, none] = await extract();
    const [again, hits] = await extract();
    vi.unstubAllEnvs();
    expect(again).toEqual(crops);
    // One of the photos is not there, and one is broken.
    expect([none, hits]).toEqual([0, photos.length - 2]);
  });

  it("computes in the precision of its pipeline", async () => {
    const options = { detector: "ssd", cache: false, precision: "int8" };
    const one = await facePipeline({ ...options, threads: 1 });
    vi.stubEnv("XDG_CACHE_HOME", join(folder, "measured"));
    // By what was measured the pipeline takes int8, and a thread that decided for itself would take fp32.
    const auto = { precision: "auto" };
    await choosePrecision(auto, { measure: async () => ({ fp32: 9, int8: 1 }) });
    await choosePrecision({ ...auto, threads: 1 }, { measure: async () => ({ fp32: 1, int8: 9 }) });
    const several = await facePipeline({ ...options, ...auto, workers: 2 });
    const expected = await embedPhotos(photos, one);
    expect(await embedPhotos(photos, several)).toEqual(expected);
    vi.unstubAllEnvs();
    const exact = await facePipeline({ ...options, precision: "fp32", threads: 1 });
    expect(await embedPhotos(photos.slice(0, 2), exact)).not.toEqual(expected.slice(0, 2));
    await several.pool?.close();
  });

  it.each([0, 1.5, -2])("refuses %d workers", async (workers) => {
    const problem = `invalid workers: ${workers} (must be an integer >= 1)`;
    await expect(facePipeline({ workers })).rejects.toThrow(problem);
    expect(() => photoPool(workers, {})).toThrow(problem);
  });
});
