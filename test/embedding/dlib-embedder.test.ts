import {
  createEmbedder,
  dlibAligner,
  dlibEmbedder,
  type Embedding,
  InputError,
  mirrorImage,
  type RgbImage,
} from "facelab";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { largestDifference } from "../support/largest-difference.js";
import { sampleChips } from "../support/sample-chips.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const aligner = dlibAligner();
let chips: RgbImage[];
beforeAll(async () => {
  vi.stubEnv("XDG_CACHE_HOME", await temporaryFolder());
  chips = await sampleChips();
  expect(chips.length).toBeGreaterThanOrEqual(23);
});

function largest(a: readonly Embedding[], b: readonly Embedding[]): number {
  expect(a).toHaveLength(b.length);
  return Math.max(...a.map((embedding, i) => largestDifference(embedding, b[i]!)));
}

const distance = (a: Embedding, b: Embedding): number => Math.hypot(...a.map((value, i) => value - b[i]!));

describe("dlibEmbedder", () => {
  it("says what it is", async () => {
    const { name, dimensions, params, models, ...embedder } = await dlibEmbedder({ aligner });
    expect([name, dimensions]).toEqual(["dlib", 128]);
    expect(embedder.aligner).toBe(aligner);
    expect(params).toEqual({ mirror: true });
    expect(models).toHaveLength(1);
    expect(models[0]?.engine).toBe("onnxruntime-node");
    expect(models[0]?.source).toContain("face_recognition_model");
    expect(models[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect((await dlibEmbedder({ aligner, mirror: false })).params).toEqual({ mirror: false });
  });

  it("tells the people of the sample photos apart", async () => {
    const embeddings = await (await dlibEmbedder({ aligner })).embed(chips);
    const gaps = embeddings.flatMap((a, i) => embeddings.slice(i + 1).map((b) => distance(a, b)));
    for (const embedding of embeddings) {
      expect(embedding).toHaveLength(128);
      expect(Math.hypot(...embedding)).toBeGreaterThan(0.9);
      expect(Math.hypot(...embedding)).toBeLessThan(1.6);
    }
    // Some people are in two of the photos: a few pairs are near, most are far.
    expect(gaps.filter((gap) => gap < 0.5).length).toBeGreaterThanOrEqual(2);
    expect(gaps.filter((gap) => gap > 0.6).length).toBeGreaterThan(gaps.length / 2);
  });

  it("gives the mean of the chip's and its mirror image's descriptor with mirror, which is the default", async () => {
    const single = await dlibEmbedder({ aligner, mirror: false });
    const both = await dlibEmbedder({ aligner });
    const some = chips.slice(0, 9);
    const plain = await single.embed(some);
    const mirrored = await single.embed(some.map(mirrorImage));
    expect(largest(plain, mirrored)).toBeGreaterThan(0.01);
    const mean = plain.map((embedding, i) => embedding.map((value, k) => (value + mirrored[i]![k]!) / 2));
    expect(largest(await both.embed(some), mean)).toBeLessThan(1e-6);
  });

  it("gives the same whatever the batches are: 1, 16, 17 and 33 chips", async () => {
    const many = [...chips, ...chips.map(mirrorImage)].slice(0, 33);
    expect(many).toHaveLength(33);
    const embedder = await dlibEmbedder({ aligner, mirror: false });
    const one: Embedding[] = [];
    for (const chip of many) one.push(...(await embedder.embed([chip])));
    const worst: Record<string, number> = {};
    for (const count of [1, 16, 17, 33]) {
      worst[count] = largest(await embedder.embed(many.slice(0, count)), one.slice(0, count));
    }
    for (const batch of [1, 5, 64]) {
      const other = await dlibEmbedder({ aligner, mirror: false, batch });
      worst[`17 in batches of ${batch}`] = largest(await other.embed(many.slice(0, 17)), one.slice(0, 17));
    }
    console.info(`dlib, batches against single chips: ${JSON.stringify(worst)}`);
    expect(Math.max(...Object.values(worst))).toBeLessThan(1e-6);
    expect(await embedder.embed([])).toEqual([]);
    // With mirror images a batch of 5 cuts between a chip and its mirror image.
    const odd = await dlibEmbedder({ aligner, batch: 5 });
    const usual = await dlibEmbedder({ aligner });
    expect(largest(await odd.embed(many.slice(0, 9)), await usual.embed(many.slice(0, 9)))).toBeLessThan(
      1e-6,
    );
  });

  it("leaves the chips as they were, and returns vectors of their own", async () => {
    const copy = chips[0]!.data.slice();
    const [a, b] = await (await dlibEmbedder({ aligner, mirror: false })).embed(chips.slice(0, 2));
    expect(largestDifference(chips[0]!.data, copy)).toBe(0);
    expect(a!.byteLength).toBe(a!.buffer.byteLength);
    expect(a!.buffer).not.toBe(b!.buffer);
  });

  it("refuses a chip of another size, and an aligner that cuts it", async () => {
    const small = { width: 112, height: 112, data: new Uint8Array(112 * 112 * 3) };
    for (const mirror of [true, false]) {
      const embedder = await dlibEmbedder({ aligner, mirror });
      await expect(embedder.embed([chips[0]!, small])).rejects.toThrow(
        new InputError("chip is 112 x 112 (dlib needs 150 x 150)"),
      );
    }
    await expect(dlibEmbedder({ aligner: { ...aligner, name: "arcface-112", size: 112 } })).rejects.toThrow(
      new InputError("aligner arcface-112 cuts chips of 112 pixels (dlib needs 150)"),
    );
  });

  it.each([0, -16, 1.5, Number.NaN])("refuses batch %d", async (batch) => {
    await expect(dlibEmbedder({ aligner, batch })).rejects.toThrow(
      new InputError(`invalid batch: ${batch} (must be an integer >= 1)`),
    );
  });
});

describe("the engines of dlib's network agree", () => {
  let native: Embedding[];
  beforeAll(async () => {
    native = await (await createEmbedder(aligner, { engine: "onnxruntime-node", mirror: false })).embed(
      chips,
    );
  });

  it.each([
    ["onnxruntime-web", 1e-4],
    ["face-api", 1e-3],
  ])("onnxruntime-node and %s to %d", async (engine, bound) => {
    const other = await createEmbedder(aligner, { engine, mirror: false });
    expect(other.models[0]?.engine).not.toBe("onnxruntime-node");
    const difference = largest(await other.embed(chips), native);
    console.info(`dlib's network, onnxruntime-node against ${engine}, ${chips.length} chips: ${difference}`);
    expect(difference).toBeLessThanOrEqual(bound);
  });
});
