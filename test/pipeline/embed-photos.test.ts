import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Aligner,
  type Detector,
  type EmbeddedPhoto,
  type Embedder,
  embedPhotos,
  extractFaces,
  findFaces,
  type Landmarks5,
  type Photo,
  type PhotoPool,
} from "facelab";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";

const folder = await temporaryFolder();

const bytesOf = (brightness: number): Buffer =>
  Buffer.concat([Buffer.from("P5\n8 8\n255\n"), Buffer.alloc(64, brightness)]);

/** A grey photo of 8 x 8 pixels; its brightness tells it from the others. */
async function photo(brightness: number): Promise<Photo> {
  const path = join(folder, `${brightness}.pgm`);
  await writeFile(path, bytesOf(brightness));
  return { path, label: `person ${brightness % 3}`, part: brightness % 2 ? "train" : "test" };
}

/** Finds as many faces as the brightness says (modulo 4), their nose counting them. */
const detector: Detector = {
  name: "counting",
  params: {},
  models: [],
  async detect({ data }) {
    return Array.from({ length: data[0]! % 4 }, (_, i) => {
      const point = { x: i, y: 0 };
      const landmarks: Landmarks5 = [point, point, point, point, point];
      return { box: { x: 0, y: 0, width: 4, height: 4 + i }, score: 1 - i / 10, landmarks };
    });
  },
};

/** A chip of one pixel: the photo's brightness and the face's number. */
const aligner: Aligner = {
  name: "pixel",
  size: 1,
  params: {},
  align: ({ data }, [{ x }]) => ({ width: 1, height: 1, data: Uint8Array.of(data[0]!, x, 0) }),
};

function countingEmbedder(): { embedder: Embedder; calls: number[] } {
  const calls: number[] = [];
  const embedder: Embedder = {
    name: "pixel",
    dimensions: 2,
    aligner,
    params: {},
    models: [],
    async embed(chips) {
      calls.push(chips.length);
      return chips.map(({ data }) => Float32Array.of(data[0]!, data[1]!));
    },
  };
  return { embedder, calls };
}

describe("embedPhotos", () => {
  it("gives every face of every photo its own embedding, in the photos' order", async () => {
    const photos = await Promise.all(Array.from({ length: 50 }, (_, i) => photo(i)));
    const { embedder, calls } = countingEmbedder();
    const done: number[] = [];
    const embedded = await embedPhotos(photos, { detector, face: "all", embedder }, (count) =>
      done.push(count),
    );
    const expected = photos.flatMap((photo, i): EmbeddedPhoto[] => {
      // In one colour, so that there is no hash of the picture.
      const item = { ...photo, sha256: createHash("sha256").update(bytesOf(i)).digest("hex") };
      if (i % 4 === 0) return [{ ...item, kind: "none", reason: "no face found", detail: "8 x 8 pixels" }];
      return Array.from({ length: i % 4 }, (_, k) => ({
        ...item,
        kind: "face",
        embedding: Float32Array.of(i, k),
      }));
    });
    expect(embedded).toEqual(expected);
    expect(done).toEqual(photos.map((_, i) => i + 1));
    // Photo by photo: one after the other, and never more than one in memory.
    expect(calls).toEqual(photos.flatMap((_, i) => (i % 4 === 0 ? [] : [i % 4])));
  });

  it("takes one face of each photo, or says that there are several", async () => {
    const photos = await Promise.all([1, 2, 3, 4].map(photo));
    const { embedder } = countingEmbedder();
    const largest = await embedPhotos(photos, { detector, face: "largest", embedder });
    expect(largest.map((item) => (item.kind === "face" ? [...item.embedding] : item.reason))).toEqual([
      [1, 0],
      [2, 1],
      [3, 2],
      "no face found",
    ]);
    const only = await embedPhotos(photos, { detector, face: "only", embedder });
    expect(only.map((item) => (item.kind === "face" ? [...item.embedding] : item.reason))).toEqual([
      [1, 0],
      "several faces",
      "several faces",
      "no face found",
    ]);
    expect(only[2]).toMatchObject({ detail: "3 faces" });
  });

  it("adds the vectors of further embedders, by their names", async () => {
    const photos = await Promise.all(Array.from({ length: 20 }, (_, i) => photo(i)));
    const { embedder } = countingEmbedder();
    const other = (name: string, sign: number): Embedder => ({
      ...embedder,
      name,
      embed: async (chips) => chips.map(({ data }) => Float32Array.of(sign * data[0]!)),
    });
    const others = [other("minus", -1), other("plus", 1)];
    const embedded = await embedPhotos(photos, { detector, face: "all", embedder, others });
    const plain = await embedPhotos(photos, { detector, face: "all", embedder });
    expect(embedded.filter(({ kind }) => kind === "face")).toHaveLength(30);
    expect(embedded).toEqual(
      plain.map((item) => {
        if (item.kind === "none") return item;
        const [brightness] = item.embedding as unknown as [number];
        return {
          ...item,
          others: { minus: Float32Array.of(-brightness), plus: Float32Array.of(brightness) },
        };
      }),
    );
  });

  it("answers no photos with nothing", async () => {
    const { embedder } = countingEmbedder();
    expect(await embedPhotos([], { detector, face: "all", embedder })).toEqual([]);
  });

  it.each(["embed", "extract"] as const)("%ss no more photos at once than there is use for", async (what) => {
    const photos = await Promise.all(Array.from({ length: 36 }, (_, i) => photo(i)));
    let [held, most] = [0, 0];
    const work = async () => {
      most = Math.max(most, ++held);
      // Meanwhile whoever else is to come has been read and is here.
      for (const { path } of photos) await readFile(path);
      held--;
      return { kind: "none", reason: "no face found", detail: "" } as const;
    };
    const pool: PhotoPool = {
      workers: 2,
      embed: work,
      extract: work,
      hits: () => 0,
      close: async () => {},
    };
    const slow: Detector = { ...detector, detect: async () => work().then(() => []) };
    const { embedder } = countingEmbedder();
    const pipeline = { detector: slow, face: "all", embedder } as const;
    const run = async (steps: typeof pipeline & { pool?: PhotoPool }): Promise<number> => {
      most = 0;
      await (what === "embed" ? embedPhotos(photos, steps) : extractFaces(photos, steps, aligner));
      return most;
    };
    // Two in each thread, and one that waits for it.
    expect(await run({ ...pipeline, pool })).toBe(6);
    expect(await run(pipeline)).toBe(1);
  });

  it.each(["embed", "extract"] as const)(
    "%ss in the order of the photos, whichever is done first",
    async (what) => {
      const photos = await Promise.all(Array.from({ length: 12 }, (_, i) => photo(i)));
      const work = async ({ path }: { readonly path: string }) => {
        // Of those that are worked on at once the first takes longest.
        const position = photos.findIndex((one) => one.path === path);
        await new Promise((resolve) => setTimeout(resolve, 10 * (6 - (position % 6))));
        return { kind: "none", reason: "no face found", detail: path } as const;
      };
      const pool: PhotoPool = {
        workers: 2,
        embed: work,
        extract: work,
        hits: () => 0,
        close: async () => {},
      };
      const { embedder } = countingEmbedder();
      const pipeline = { detector, face: "all", embedder, pool } as const;
      const answers = await (what === "embed"
        ? embedPhotos(photos, pipeline)
        : extractFaces(photos, pipeline, aligner));
      const paths = photos.map(({ path }) => path);
      expect(answers.map(({ path }) => path)).toEqual(paths);
      expect(answers.map((answer) => answer.kind === "none" && answer.detail)).toEqual(paths);
    },
  );

  it("goes on after a photo that cannot be read", async () => {
    const broken = { path: join(folder, "broken.jpg"), label: "x" };
    await writeFile(broken.path, "no photo");
    const missing = { path: join(folder, "missing.jpg"), label: "x" };
    const { embedder } = countingEmbedder();
    const photos = [broken, await photo(5), missing, await photo(9)];
    const embedded = await embedPhotos(photos, { detector, face: "all", embedder });
    expect(embedded.map((item) => (item.kind === "face" ? "face" : item.reason))).toEqual([
      "unreadable",
      "face",
      "unreadable",
      "face",
    ]);
    expect(embedded[2]).toMatchObject({ detail: `cannot read photo: ${missing.path} (no such file)` });
  });
});

describe("findFaces", () => {
  it("does not hide what is wrong with the detector", async () => {
    const broken: Detector = {
      ...detector,
      detect: async () => {
        throw new Error("out of memory");
      },
    };
    await expect(findFaces((await photo(3)).path, broken, "all")).rejects.toThrow("out of memory");
  });
});
