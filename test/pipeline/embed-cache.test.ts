import { readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type Aligner,
  type DiskCache,
  diskCache,
  type Embedder,
  embedPhotos,
  extractFaces,
  type ModelCard,
  type Photo,
} from "facelab";
import { describe, expect, it } from "vitest";
import { codeFingerprint } from "../../src/lib/dist/pipeline/code-fingerprint.js";
import { embedChipsOnce } from "../../src/lib/dist/pipeline/embed-chips.js";
import { faceAt, fakePipeline } from "../support/fake-pipeline.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const folder = await temporaryFolder();
let caches = 0;
const freshCache = (): DiskCache => diskCache(join(folder, `cache ${caches++}`));

/** A photo of 40 x 40 pixels in one grey. */
async function photo(name: string, grey: number): Promise<Photo> {
  const path = join(folder, name);
  await writeFile(path, Buffer.concat([Buffer.from("P5\n40 40\n255\n"), Buffer.alloc(1600, grey)]));
  return { path, label: "x" };
}

const card: ModelCard = {
  name: "net",
  source: "net.bin",
  sha256: "aa",
  engine: "native",
  licence: "MIT",
  inputs: [],
  outputs: [],
};

/** A pipeline whose work is counted; two faces where the photo is bright, none where it is dark. */
function counting(cache: DiskCache) {
  let embeds = 0;
  const fake = fakePipeline(({ data }) => (data[0]! < 50 ? [] : [faceAt(2, 2, 20), faceAt(18, 18, 12)]));
  const { embedder, detector } = fake;
  const pipeline = {
    detector: { ...detector, params: { minFaceSize: 20 }, models: [card] },
    face: "largest" as const,
    embedder: {
      ...embedder,
      params: { mirror: true },
      models: [card],
      embed: (chips) => {
        embeds += chips.length;
        return embedder.embed(chips);
      },
    } satisfies Embedder,
    cache,
  };
  return { pipeline, looks: fake.looks, embeds: () => embeds };
}

type Pipeline = ReturnType<typeof counting>["pipeline"];

describe("the cache of embeddings", () => {
  it("gives the same vectors, bit for bit, without looking again", async () => {
    const photos = [await photo("bright.pgm", 200), await photo("dark.pgm", 10), await photo("grey.pgm", 99)];
    const cache = freshCache();
    const first = counting(cache);
    const others = [{ ...first.pipeline.embedder, name: "other" }];
    const once = await embedPhotos(photos, { ...first.pipeline, face: "all", others });
    expect(once.map(({ kind }) => kind)).toEqual(["face", "face", "none", "face", "face"]);
    expect(first.looks()).toBe(3);
    const second = counting(cache);
    const again = await embedPhotos(photos, { ...second.pipeline, face: "all", others });
    expect(again).toEqual(once);
    expect([second.looks(), second.embeds()]).toEqual([0, 0]);
    expect(cache.hits()).toBe(3);
  });

  it("keeps what tells copies, also of a photo without a face", async () => {
    const ramp = Buffer.from(
      Array.from({ length: 1600 }, (_, i) => 51 + ((i % 40) * Math.floor(i / 40)) / 12),
    );
    const path = join(folder, "ramp.pgm");
    await writeFile(path, Buffer.concat([Buffer.from("P5\n40 40\n255\n"), ramp]));
    const dark = join(folder, "dark ramp.pgm");
    await writeFile(dark, Buffer.concat([Buffer.from("P5\n40 40\n255\n"), ramp.map((grey) => grey - 50)]));
    const photos = [path, dark].map((one) => ({ path: one, label: "x" }));
    const cache = freshCache();
    const once = await embedPhotos(photos, counting(cache).pipeline);
    const again = await embedPhotos(photos, counting(cache).pipeline);
    expect(cache.hits()).toBe(2);
    expect(again).toEqual(once);
    expect(again.map(({ kind }) => kind)).toEqual(["face", "none"]);
    const [hash] = again.map(({ imageHash }) => imageHash);
    expect(hash).toMatch(/^[0-9a-f]{16}$/);
    expect(again[1]?.imageHash).toBe(hash);
    expect(new Set(again.map(({ sha256 }) => sha256)).size).toBe(2);
  });

  it("knows a photo by its bytes, not by its name or its time", async () => {
    const cache = freshCache();
    await embedPhotos([await photo("a.pgm", 120)], counting(cache).pipeline);
    const copy = counting(cache);
    const [face] = await embedPhotos([await photo("copy of a.pgm", 120)], copy.pipeline);
    expect([copy.looks(), face?.path]).toEqual([0, join(folder, "copy of a.pgm")]);
    const changed = counting(cache);
    await embedPhotos([await photo("a.pgm", 121)], changed.pipeline);
    expect(changed.looks()).toBe(1);
  });

  it.each<[string, (pipeline: Pipeline) => object]>([
    ["detector", ({ detector }) => ({ detector: { ...detector, name: "another" } })],
    ["detector's settings", ({ detector }) => ({ detector: { ...detector, params: { minFaceSize: 21 } } })],
    [
      "detector's weights",
      ({ detector }) => ({ detector: { ...detector, models: [{ ...card, sha256: "ab" }] } }),
    ],
    [
      "detector's engine",
      ({ detector }) => ({ detector: { ...detector, models: [{ ...card, engine: "wasm" }] } }),
    ],
    ["face choice", () => ({ face: "centre" })],
    ["aligner", ({ embedder }) => ({ embedder: { ...embedder, aligner: renamed(embedder.aligner) } })],
    [
      "aligner's settings",
      ({ embedder }) => ({ embedder: { ...embedder, aligner: zoomed(embedder.aligner) } }),
    ],
    ["embedder", ({ embedder }) => ({ embedder: { ...embedder, name: "another" } })],
    ["mirror", ({ embedder }) => ({ embedder: { ...embedder, params: { mirror: false } } })],
    [
      "embedder's weights",
      ({ embedder }) => ({ embedder: { ...embedder, models: [{ ...card, sha256: "ab" }] } }),
    ],
    [
      "precision",
      ({ embedder }) => ({ embedder: { ...embedder, params: { mirror: true, precision: "int8" } } }),
    ],
    [
      "ranges of the activations",
      ({ embedder }) => ({ embedder: { ...embedder, models: [card, { ...card, sha256: "ac" }] } }),
    ],
    ["engine", ({ embedder }) => ({ embedder: { ...embedder, models: [{ ...card, engine: "wasm" }] } })],
    ["further embedders", ({ embedder }) => ({ others: [{ ...embedder, name: "another" }] })],
  ])("computes again with another %s", async (what, change) => {
    const cache = freshCache();
    const photos = [await photo("flip.pgm", 180)];
    await embedPhotos(photos, counting(cache).pipeline);
    const same = counting(cache);
    await embedPhotos(photos, same.pipeline);
    expect(same.embeds()).toBe(0);
    const other = counting(cache);
    await embedPhotos(photos, { ...other.pipeline, ...change(other.pipeline) });
    expect(other.embeds()).toBeGreaterThan(0);
    // What was found is kept apart, and depends on the detector alone.
    expect(other.looks()).toBe(what.startsWith("detector") ? 1 : 0);
  });

  it("refuses a photo above the limit, though its vectors were kept with a higher one", async () => {
    const cache = freshCache();
    const photos = [await photo("large.pgm", 160)];
    await embedPhotos(photos, counting(cache).pipeline);
    const { pipeline } = counting(cache);
    const [refused] = await embedPhotos(photos, { ...pipeline, limits: { maxPixels: 1599 } });
    expect(refused).toMatchObject({ kind: "none", reason: "unreadable" });
  });

  it("knows a chip by its pixels and by every embedder that is asked", async () => {
    const cache = freshCache();
    const { pipeline, embeds } = counting(cache);
    const { embedder } = pipeline;
    const chip = (grey: number) => ({ width: 1, height: 1, data: new Uint8Array(3).fill(grey) });
    const computed = async (grey: number, steps: object = {}): Promise<number> => {
      const before = embeds();
      const [face] = await embedChipsOnce([chip(grey)], { embedder, cache, ...steps });
      expect(face?.embedding[0]).toBeCloseTo(grey / 255);
      return embeds() - before;
    };
    expect([await computed(51), await computed(51), await computed(102)]).toEqual([1, 0, 1]);
    expect(await computed(51, { embedder: { ...embedder, params: { mirror: false } } })).toBe(1);
    expect(await computed(51, { others: [{ ...embedder, name: "another" }] })).toBe(2);
  });

  it("knows of everything by which code it was made", async () => {
    const made = new Map<unknown, boolean>();
    const cache: DiskCache = {
      ...freshCache(),
      put: async (key) => void made.set(key[0], key.includes(codeFingerprint())),
    };
    const { pipeline } = counting(cache);
    await embedPhotos([await photo("made.pgm", 170)], pipeline);
    await embedChipsOnce([{ width: 1, height: 1, data: new Uint8Array(3) }], pipeline);
    expect(Object.fromEntries(made)).toEqual({ detections: true, vectors: true, chip: true });
  });

  it("keeps the detections for other embedders, and for whoever cuts the faces out", async () => {
    const cache = freshCache();
    const photos = [await photo("detected.pgm", 150)];
    await embedPhotos(photos, counting(cache).pipeline);
    const other = counting(cache);
    const embedder = { ...other.pipeline.embedder, name: "another" };
    await embedPhotos(photos, { ...other.pipeline, embedder });
    const cut = await extractFaces(photos, other.pipeline, embedder.aligner);
    expect([other.looks(), other.embeds()]).toEqual([0, 1]);
    expect(cut).toEqual(
      await extractFaces(photos, { ...counting(cache).pipeline, cache: undefined }, embedder.aligner),
    );
  });

  it("tries a photo again that could not be read", async () => {
    const cache = freshCache();
    const path = join(folder, "torn.pgm");
    await writeFile(path, "P5\n40 40\n255\n too short");
    const [torn] = await embedPhotos([{ path, label: "x" }], counting(cache).pipeline);
    expect(torn).toMatchObject({ kind: "none", reason: "unreadable" });
    expect(cache.hits()).toBe(0);
    await expect(readdir(join(folder, `cache ${caches - 1}`))).rejects.toThrow("ENOENT");
    const [whole] = await embedPhotos([await photo("torn.pgm", 90)], counting(cache).pipeline);
    expect(whole?.kind).toBe("face");
  });

  it("is of no use where it cannot be written, and nothing is lost", async () => {
    await writeFile(join(folder, "a file"), "mine");
    const cache = diskCache(join(folder, "a file", "cache"));
    const photos = [await photo("kept.pgm", 150), await photo("kept too.pgm", 151)];
    const faces = await embedPhotos(photos, counting(cache).pipeline);
    expect(faces.map(({ kind }) => kind)).toEqual(["face", "face"]);
    expect(cache.trouble()).toContain("a file");
  });
});

function renamed(aligner: Aligner): Aligner {
  return { ...aligner, name: "another" };
}

function zoomed(aligner: Aligner): Aligner {
  return { ...aligner, params: { ...aligner.params, zoomOut: 2 } };
}
