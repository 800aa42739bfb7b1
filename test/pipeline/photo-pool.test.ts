import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { embedPhotos, extractFaces, facePipeline, type Photo, photoPool } from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { writeDrawing, writeFacePhoto } from "../experiments/face-photos.js";
import { temporaryFolder } from "../support/temporary-folder.js";

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

  it.each([0, 1.5, -2])("refuses %d workers", async (workers) => {
    const problem = `invalid workers: ${workers} (must be an integer >= 1)`;
    await expect(facePipeline({ workers })).rejects.toThrow(problem);
    expect(() => photoPool(workers, {})).toThrow(problem);
  });
});
