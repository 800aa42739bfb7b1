import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  type Classifier,
  comparisonTable,
  createRandom,
  type Detector,
  type Embedder,
  encodeFolder,
  evaluate,
  fivePointAligner,
  type Landmarks5,
  ownPipeline,
} from "facelab";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";

/** A detector: the one face of a picture fills its middle. */
const middleDetector: Detector = {
  name: "middle",
  params: {},
  models: [],
  detect: async ({ width, height }) => {
    const side = Math.min(width, height) / 2;
    const [x, y] = [(width - side) / 2, (height - side) / 2];
    const at = (right: number, down: number) => ({ x: x + right * side, y: y + down * side });
    return [
      {
        box: { x, y, width: side, height: side },
        score: 1,
        landmarks: [at(0.3, 0.3), at(0.7, 0.3), at(0.5, 0.5), at(0.3, 0.7), at(0.7, 0.7)],
      },
    ];
  },
};

/** An embedder: a face's mean colour. */
const template = [9, 21, 15, 9, 21].map((x, i) => ({
  x,
  y: [9, 9, 15, 21, 21][i]!,
})) as unknown as Landmarks5;
const colourEmbedder: Embedder = {
  name: "colour",
  dimensions: 3,
  aligner: fivePointAligner({ name: "middle-30", size: 30, template }),
  params: {},
  models: [],
  embed: async (chips) =>
    chips.map(({ data }) =>
      Float32Array.from([0, 1, 2], (colour) => {
        const values = data.filter((_, i) => i % 3 === colour);
        return values.reduce((sum, value) => sum + value, 0) / (255 * values.length);
      }),
    ),
};

/** A classifier: whose mean embedding is nearest, the probability falling with the distance. */
const nearestMean: Classifier = {
  name: "nearest-mean",
  params: {},
  fit: async (samples) => {
    const labels = [...new Set(samples.map(({ label }) => label))].sort();
    const means = labels.map((who) => {
      const own = samples.filter(({ label }) => label === who).map(({ embedding }) => embedding);
      return own[0]!.map((_, k) => own.reduce((sum, one) => sum + one[k]!, 0) / own.length);
    });
    const predictProba = (embedding: Float32Array): Float64Array => {
      const weights = means.map((mean) =>
        Math.exp(-20 * Math.hypot(...mean.map((v, k) => v - embedding[k]!))),
      );
      const all = weights.reduce((sum, weight) => sum + weight, 0);
      return Float64Array.from(weights, (weight) => weight / all);
    };
    const about = { dimensions: samples[0]!.embedding.length, labels, chosen: {} };
    return {
      ...about,
      predictProba,
      predict: (embedding) => {
        const proba = predictProba(embedding);
        const score = Math.max(...proba);
        return { kind: "person", label: labels[proba.indexOf(score)]!, score };
      },
      toJSON: () => ({
        format: "facelab-model",
        version: 1,
        kind: "nearest-mean",
        ...about,
        state: { means },
      }),
    };
  },
};

const people = { ada: "#c04030", grace: "#30a050", rosalind: "#3050c0" } as const;
let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  const random = createRandom(1);
  for (const [name, background] of Object.entries(people)) {
    await mkdir(join(folder, "people", name), { recursive: true });
    for (let i = 0; i < 8; i++) {
      const size = 40 + random.integer(60);
      const picture = sharp({ create: { width: size, height: size, channels: 3, background } });
      await picture
        .linear(0.8 + 0.4 * random.uniform(), 0)
        .png()
        .toFile(join(folder, "people", name, `${i}.png`));
    }
  }
});

describe("methods from outside", () => {
  it("go through the public interface: a detector, an embedder and a classifier of twenty lines each", async () => {
    const pipeline = ownPipeline({ detector: middleDetector, embedder: colourEmbedder });
    const { set } = await encodeFolder(join(folder, "people"), { pipeline });
    expect(set.photos).toHaveLength(24);
    expect(set.provenance).toMatchObject({
      detector: { name: "middle" },
      aligner: { name: "middle-30" },
      embedder: { name: "colour" },
    });
    const evaluation = await evaluate(set, [nearestMean], { random: createRandom(0), repeats: 3 });
    const [header, row] = comparisonTable(evaluation);
    expect(header![0]).toBe("classifier");
    expect(row!.slice(0, 2)).toEqual(["nearest-mean", "100.0 +- 0.0"]);
    expect(evaluation.records).toHaveLength(3 * 3 * 2);
    expect(evaluation.records.every(({ label, predicted }) => label === predicted)).toBe(true);
  });

  it("are refused where a choice is unknown", () => {
    const parts = { detector: middleDetector, embedder: colourEmbedder };
    expect(() => ownPipeline({ ...parts, face: "biggest" as "largest" })).toThrow(/biggest/);
    expect(() => ownPipeline({ ...parts, maxPixels: 0 })).toThrow(/maxPixels/);
  });
});
