import {
  createClassifier,
  createRandom,
  InputError,
  readLfwEmbeddings,
  type Sample,
  softmaxNetwork,
  tenEpochSoftmax,
} from "facelab";
import { describe, expect, it } from "vitest";
import { validationRows } from "../../src/lib/dist/classifiers/softmax-network-validation.js";
import { denseLogits } from "../../src/lib/dist/inference/dense-layers.js";
import { blobs, largestDifference } from "./samples.js";

const lfw = await readLfwEmbeddings("datasets/lfw-embeddings.npz");

/** Photos of the first people of LFW who have twenty: the first ten train, the next ten test. */
function frequentPeople(count: number): { train: Sample[]; test: Sample[] } {
  const photos = new Map<string, Sample[]>();
  lfw.names.forEach((label, row) => {
    const list = photos.get(label) ?? [];
    photos.set(label, list);
    list.push({ label, embedding: lfw.embeddings[row]! });
  });
  const people = [...photos.values()].filter((list) => list.length >= 20).slice(0, count);
  return {
    train: people.flatMap((list) => list.slice(0, 10)),
    test: people.flatMap((list) => list.slice(10, 20)),
  };
}

const samples = blobs({ photos: [10, 6, 1, 8], seed: 1 });

describe("on faces of LFW", () => {
  const { train, test } = frequentPeople(30);
  const accuracy = async (classifier: ReturnType<typeof softmaxNetwork>) => {
    const model = await classifier.fit(train, createRandom(1));
    const right = test.filter(({ embedding, label }) => {
      const prediction = model.predict(embedding);
      return prediction.kind === "person" && prediction.label === label;
    });
    return right.length / test.length;
  };

  it("tells nearly all apart, where ten epochs do not", async () => {
    const tuned = await accuracy(softmaxNetwork());
    const recipe = await accuracy(tenEpochSoftmax());
    expect(tuned).toBeGreaterThan(0.97);
    expect(recipe).toBeGreaterThan(0.1);
    expect(recipe).toBeLessThan(0.9);
  });
});

describe("softmaxNetwork", () => {
  it("keeps its learning curve, and says the same in chosen", async () => {
    const { history, chosen } = await softmaxNetwork({ epochs: 12 }).fit(samples, createRandom(1));
    expect(history.loss).toHaveLength(12);
    expect(history.loss.at(-1)).toBeLessThan(history.loss[0]!);
    expect(history.valLoss).toHaveLength(12);
    expect(chosen).toMatchObject({ epochs: 12, heldOut: 4 });
    for (const curve of ["loss", "accuracy", "valLoss", "valAccuracy"] as const) {
      const values = chosen[curve] as number[];
      expect(values).toHaveLength(12);
      expect(largestDifference(values, history[curve])).toBeLessThan(6e-5);
    }
    expect(chosen.bestEpoch).toBe(1 + history.valLoss.indexOf(Math.min(...history.valLoss)));
  });

  it("answers by its layers, on standardised unit vectors", async () => {
    const { layers, input, predictProba, predict, labels } = await softmaxNetwork({
      hidden: [7, 5],
      epochs: 3,
    }).fit(samples, createRandom(1));
    expect(layers.map(({ outputs }) => outputs)).toEqual([7, 5, 4]);
    const { embedding } = samples[3]!;
    const norm = Math.hypot(...embedding);
    const seen = [...embedding].map((v, i) => (v / norm - input.mean[i]!) * input.factor[i]!);
    const powers = [...denseLogits(layers, seen)].map(Math.exp);
    const expected = powers.map((power) => power / powers.reduce((a, b) => a + b));
    const probabilities = [...predictProba(embedding)];
    expect(largestDifference(probabilities, expected)).toBeLessThan(1e-10);
    const best = Math.max(...probabilities);
    expect(predict(embedding)).toEqual({
      kind: "person",
      label: labels[probabilities.indexOf(best)],
      score: best,
    });
  });

  it("standardises by the part that it learns from", async () => {
    const { input } = await softmaxNetwork({ epochs: 1, validationSplit: 0 }).fit(samples, createRandom(1));
    const units = samples.map(({ embedding }) => [...embedding].map((v) => v / Math.hypot(...embedding)));
    input.mean.forEach((mean, i) => {
      const column = units.map((unit) => unit[i]!);
      const expected = column.reduce((a, b) => a + b) / column.length;
      const variance = column.reduce((sum, v) => sum + (v - expected) ** 2, 0) / column.length;
      expect(mean).toBeCloseTo(expected, 10);
      expect(input.factor[i]).toBeCloseTo(1 / Math.sqrt(variance), 8);
    });
  });

  it.each(["l2", "standard", "none"] as const)(
    "takes the length of an embedding for what it is: %s",
    async (normalize) => {
      const model = await softmaxNetwork({ normalize, epochs: 5 }).fit(samples, createRandom(1));
      const { embedding } = samples[0]!;
      const difference = Math.abs(
        model.predictProba(embedding)[0]! - model.predictProba(embedding.map((v) => 3 * v))[0]!,
      );
      if (normalize === "none") expect(difference).toBeGreaterThan(1e-3);
      else expect(difference).toBeLessThan(1e-6);
    },
  );

  it("never learns from what it holds out", async () => {
    const random = createRandom(4);
    const noise = blobs({ photos: [60], dimensions: 20, spread: 1 }).map(({ embedding }) => ({
      embedding,
      label: `person ${random.integer(3)}`,
    }));
    const { history } = await softmaxNetwork({
      epochs: 40,
      earlyStopping: false,
      validationSplit: 0.5,
      dropout: 0,
    }).fit(noise, createRandom(1));
    expect(history.accuracy.at(-1)).toBeGreaterThan(0.95);
    expect(history.valAccuracy.at(-1)).toBeLessThan(0.7);
  });

  it("runs without anybody to hold out", async () => {
    const { chosen } = await softmaxNetwork({ epochs: 4 }).fit(blobs({ photos: [1, 1, 1] }), createRandom(1));
    expect(chosen).toMatchObject({ epochs: 4, heldOut: 0, valLoss: [], valAccuracy: [] });
  });

  it("is another network with another seed", async () => {
    const learn = (seed: number) => softmaxNetwork({ epochs: 2 }).fit(samples, createRandom(seed));
    const [one, two] = [await learn(1), await learn(2)];
    expect(one.predictProba(samples[0]!.embedding)).not.toEqual(two.predictProba(samples[0]!.embedding));
  });

  it("has the recipe of ten epochs as an entry of its own", () => {
    expect(createClassifier("softmax-10")).toMatchObject({
      name: "softmax-10",
      params: { epochs: 10, earlyStopping: false, validationSplit: 0.2, batchSize: 32, learningRate: 0.001 },
    });
    expect(createClassifier("softmax-10", { epochs: 20 }).params).toMatchObject({
      epochs: 20,
      batchSize: 32,
    });
  });

  it.each([
    [{ hidden: [] }, "invalid hidden: [] (must hold at least one integer >= 1)"],
    [{ hidden: [8, 0] }, "invalid hidden: 0 (must be an integer >= 1)"],
    [{ epochs: 0 }, "invalid epochs: 0 (must be an integer >= 1)"],
    [{ earlyStopping: 0 }, "invalid earlyStopping: 0 (must be an integer >= 1)"],
    [{ validationSplit: 1 }, "invalid validationSplit: 1 (must be a number >= 0 and < 1)"],
    [{ dropout: -0.1 }, "invalid dropout: -0.1 (must be a number >= 0 and < 1)"],
    [{ dropout: Number.NaN }, "invalid dropout: NaN (must be a number >= 0 and < 1)"],
    [{ learningRate: 0 }, "invalid learningRate: 0 (must be a number > 0)"],
    [{ batchSize: 1.5 }, "invalid batchSize: 1.5 (must be an integer >= 1)"],
    [{ normalize: "max" as "l2" }, "invalid normalize: max (must be none, l2 or standard)"],
  ])("refuses %j", (options, message) => {
    expect(() => softmaxNetwork(options)).toThrow(InputError);
    expect(() => softmaxNetwork(options)).toThrow(message);
    expect(() => tenEpochSoftmax(options)).toThrow(message);
  });
});

describe("validationRows", () => {
  const codes = (...photos: number[]) =>
    Int32Array.from(photos.flatMap((count, code) => Array(count).fill(code)));
  const perPerson = (rows: Int32Array, all: Int32Array) => {
    const counts = new Array(all.at(-1)! + 1).fill(0);
    for (const row of rows) counts[all[row]!]++;
    return counts;
  };

  it.each([
    [[10, 5, 15], 0.2, [2, 1, 3]],
    // Less than a photo is carried on to the next person.
    [[2, 2, 2, 2, 2], 0.2, [0, 0, 1, 0, 1]],
    [[5, 5, 5], 0.2, [1, 1, 1]],
    [[4, 4], 0.2, [0, 1]],
    [[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 6], 0.2, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]],
    [[3, 2, 1], 0.9, [2, 1, 0]],
    [[3, 3], 0, [0, 0]],
  ])("of %j photos at %d: %j", (photos, share, expected) => {
    const all = codes(...photos);
    const rows = validationRows(all, share, createRandom(1));
    expect(perPerson(rows, all)).toEqual(expected);
    expect([...rows]).toEqual([...new Set(rows)].sort((a, b) => a - b));
  });

  it("draws others with another seed", () => {
    const all = codes(20, 20);
    const draw = (seed: number) => validationRows(all, 0.2, createRandom(seed));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});
