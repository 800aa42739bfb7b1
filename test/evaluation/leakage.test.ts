import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import {
  createRandom,
  type EmbeddedPhoto,
  type EmbeddedSet,
  evaluate,
  majority,
  nearestNeighbours,
  openDataset,
} from "facelab";
import { describe, expect, it } from "vitest";
import { dividedSet, syntheticSet } from "./synthetic-set.js";

/** Five people whose faces are noise: nobody can be known, except by a copy. Of each photo there is a second one. */
function noiseInPairs(identify: (photo: EmbeddedPhoto, pair: number) => object): EmbeddedSet {
  const random = createRandom(8);
  const { photos } = syntheticSet({ a: "xxxxxxxx", b: "xxxxxxxx", c: "xxxxxxxx", d: "xxxxxxxx" });
  const pairs = photos.flatMap((photo, pair) => {
    const embedding = Float32Array.from({ length: 8 }, () => random.uniform());
    // The second one is rounded otherwise, so that only the file says that it is a copy.
    const again = embedding.map((value) => value * (1 + 1e-6));
    return [embedding, again].map((one, copy) => {
      const path = `${photo.label}/${pair}-${copy}.jpg`;
      return { ...photo, path, kind: "face" as const, embedding: one, ...identify(photo, pair) };
    });
  });
  return { name: "noise", photos: pairs, provenance: null };
}

const right = (records: readonly { correct: boolean }[]): number =>
  records.filter(({ correct }) => correct).length / records.length;

describe("evaluate", () => {
  const knn = nearestNeighbours({ nNeighbors: 1 });

  it("is not deceived by copies: what nobody can know is chance", async () => {
    const blind = await evaluate(
      noiseInPairs(() => ({})),
      [knn],
      { random: createRandom(1), repeats: 10 },
    );
    const seeing = await evaluate(
      noiseInPairs((_, pair) => ({ sha256: `${pair}` })),
      [knn],
      { random: createRandom(1), repeats: 10 },
    );
    // Two of three copies' twins are in train; the others are guessed.
    expect(right(blind.records)).toBeGreaterThan(0.65);
    expect(right(seeing.records)).toBeLessThan(0.45);
    expect(blind.duplicates).toEqual([]);
    expect(seeing.duplicates).toHaveLength(32);
    expect(seeing.notices).toEqual([
      expect.stringMatching(/^32 photos are there more than once, kept on one side .* and 27 more$/),
    ]);
    for (const { train, test } of seeing.splits) {
      const pairOf = (position: number): number => Math.floor(position / 2);
      const learned = new Set(train.map(pairOf));
      expect(test.filter((position) => learned.has(pairOf(position)))).toEqual([]);
      expect(train.length + test.length).toBe(64);
      // 5 of each person's 16 by the rule, of which whole pairs are 4.
      expect(test).toHaveLength(16);
    }
  });

  it("sees equal embeddings where the files are not known", async () => {
    const set = syntheticSet({ a: "xxxxxx", b: "xxxxxx" });
    const [first] = set.photos as [EmbeddedPhoto & { kind: "face" }];
    const copy = { ...first, path: "a/copy.jpg", embedding: Float32Array.from(first.embedding) };
    const { splits, duplicates } = await evaluate({ ...set, photos: [...set.photos, copy] }, [majority()], {
      random: createRandom(1),
      repeats: 20,
    });
    for (const { test } of splits) expect(test.includes(0)).toBe(test.includes(12));
    expect(duplicates).toEqual([
      {
        kind: "embedding",
        distance: 0,
        photos: [
          { path: "a/0.jpg", label: "a" },
          { path: "a/copy.jpg", label: "a" },
        ],
      },
    ]);
  });

  it("does not test on what a divided dataset has in train as well", async () => {
    const identified = noiseInPairs((_, pair) => ({ sha256: `${pair}` }));
    // Of a's pairs one is divided; every other pair is on one side.
    const set = dividedSet(identified, (_, i) => (i === 1 || i % 16 >= 8 ? "test" : "train"));
    const { splits, notices, records } = await evaluate(set, [knn], { random: createRandom(1) });
    expect(splits[0]!.test).toEqual([...set.photos.keys()].filter((i) => i % 16 >= 8));
    expect(splits[0]!.train).toEqual([...set.photos.keys()].filter((i) => i !== 1 && i % 16 < 8));
    expect(records.map(({ path }) => path)).not.toContain("a/0-1.jpg");
    expect(notices[0]).toBe("1 test photo is also in train, and not tested on: a/0-1.jpg = a/0-0.jpg");
  });

  it("refuses a dataset whose whole test part is in train", async () => {
    const set = dividedSet(
      noiseInPairs((_, pair) => ({ sha256: `${pair}` })),
      (_, i) => (i % 2 ? "test" : "train"),
    );
    await expect(evaluate(set, [knn], { random: createRandom(1) })).rejects.toThrow(
      "no test photo in noise (all 32 are also in train)",
    );
  });

  it("draws of LFW as it ships the splits that it drew before copies were looked for", async () => {
    const random = createRandom(0);
    const path = fileURLToPath(new URL("../../datasets/lfw-embeddings.npz", import.meta.url));
    const { set } = await openDataset(path, {
      random,
      minPhotos: 20,
      photosPerPerson: 20,
      pipeline: async () => expect.unreachable(),
    });
    const { splits, duplicates } = await evaluate(set, [majority()], { random, repeats: 5 });
    expect(duplicates).toEqual([]);
    expect(createHash("sha256").update(JSON.stringify(splits)).digest("hex")).toBe(
      "4f59fabed5c475514a1c5369601660e5433d8ca230de219e44a0e124ccd97b6c",
    );
  });
});
