import {
  cosineThreshold,
  createRandom,
  type Embedding,
  InputError,
  readLfwEmbeddings,
  type Sample,
  softmaxNetwork,
  twoStageGate,
} from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { galleryThreshold } from "../../src/lib/dist/classifiers/gallery-threshold.js";
import { trainingSet } from "../../src/lib/dist/classifiers/training-set.js";
import { gateProbability } from "../../src/lib/dist/classifiers/two-stage-gate-thresholds.js";
import { blobs } from "./samples.js";

const lfw = await readLfwEmbeddings("datasets/lfw-embeddings.npz");
const photos = new Map<string, Sample[]>();
lfw.names.forEach((label, row) => {
  if (!lfw.found[row]) return;
  const list = photos.get(label) ?? [];
  photos.set(label, list);
  list.push({ label, embedding: lfw.embeddings[row]! });
});

/** Five people of LFW with twelve photos each to learn from and eight to be known by, and 400 others, one photo each. */
function enrolment(seed: number): { train: Sample[]; known: Sample[]; strangers: Sample[] } {
  const random = createRandom(seed);
  const all = [...photos.values()];
  const five = random.shuffle(all.filter((list) => list.length >= 20)).slice(0, 5);
  return {
    train: five.flatMap((list) => list.slice(0, 12)),
    known: five.flatMap((list) => list.slice(12, 20)),
    strangers: random
      .shuffle(all.filter((list) => list.length < 20))
      .slice(0, 400)
      .map((list) => list[0]!),
  };
}

describe("five people of LFW, and strangers", () => {
  const draws = [1, 2, 3, 4].map((seed) => ({ seed, ...enrolment(seed) }));
  const count = { known: 0, right: 0, wrong: 0, strangers: 0, named: 0, networkRight: 0, networkNamed: 0 };

  beforeAll(async () => {
    for (const { seed, train, known, strangers } of draws) {
      const gate = await twoStageGate().fit(train, createRandom(seed));
      const network = await twoStageGate({ rejection: false }).fit(train, createRandom(seed));
      for (const { embedding, label } of known) {
        const answer = gate.predict(embedding);
        if (answer.kind === "person") count[answer.label === label ? "right" : "wrong"]++;
        const second = network.predict(embedding);
        if (second.kind === "person" && second.label === label) count.networkRight++;
      }
      count.known += known.length;
      count.strangers += strangers.length;
      count.named += strangers.filter(({ embedding }) => gate.predict(embedding).kind === "person").length;
      count.networkNamed += strangers.filter(
        ({ embedding }) => network.predict(embedding).kind === "person",
      ).length;
    }
  });

  it("names at most 1 in 20 strangers and at least 19 in 20 known faces, each by the right name", () => {
    expect(count.named / count.strangers).toBeLessThanOrEqual(0.05);
    expect(count.right / count.known).toBeGreaterThanOrEqual(0.95);
    expect(count.wrong).toBe(0);
  });

  it("names everybody without rejection, and the known ones rightly", () => {
    expect(count.networkNamed).toBe(count.strangers);
    expect(count.networkRight / count.known).toBeGreaterThanOrEqual(0.97);
  });
});

describe("twoStageGate", () => {
  const samples = blobs({ photos: [8, 6, 7], spread: 0.5, seed: 5 });
  const queries = [...samples, ...blobs({ photos: [4, 4, 4, 4, 4], spread: 1, seed: 6 })];
  const quick = { epochs: 15, learningRate: 0.01, folds: 2 };
  const cosine = (a: Embedding, b: Embedding): number =>
    a.reduce((sum, value, i) => sum + value * b[i]!, 0) / (Math.hypot(...a) * Math.hypot(...b));

  it("compares with the nearest photo of the person whom the network picks", async () => {
    const model = await twoStageGate(quick).fit(samples, createRandom(1));
    for (const { embedding } of queries) {
      const { label, probability, cosine: similarity } = model.stages(embedding);
      const probabilities = [...model.predictProba(embedding)];
      expect(label).toBe(model.labels[probabilities.indexOf(Math.max(...probabilities))]);
      expect(probability).toBe(Math.max(...probabilities));
      const own = samples.filter((sample) => sample.label === label);
      expect(similarity).toBeCloseTo(
        Math.max(...own.map((sample) => cosine(sample.embedding, embedding))),
        6,
      );
    }
  });

  it("is unknown exactly where a stage is not passed", async () => {
    const limits = { minProbability: 0.8, minCosine: 0.9 };
    const model = await twoStageGate({ ...quick, ...limits }).fit(samples, createRandom(1));
    expect(model.chosen).toMatchObject(limits);
    const seen = new Set<string>();
    for (const { embedding } of queries) {
      const { label, probability, cosine: score } = model.stages(embedding);
      const [first, second] = [probability >= 0.8, score >= 0.9];
      seen.add(`${first} ${second}`);
      expect(model.predict(embedding)).toEqual(
        first && second ? { kind: "person", label, score } : { kind: "unknown", score },
      );
    }
    // All four ways to pass or fail are among the queries.
    expect(seen.size).toBe(4);
  });

  it("uses the thresholds that it says it has chosen", async () => {
    const model = await twoStageGate(quick).fit(samples, createRandom(1));
    const { minProbability, minCosine } = model.chosen as { minProbability: number; minCosine: number };
    const kinds = queries.map(({ embedding }) => {
      const { probability, cosine: similarity } = model.stages(embedding);
      const { kind } = model.predict(embedding);
      expect(kind).toBe(probability >= minProbability && similarity >= minCosine ? "person" : "unknown");
      return kind;
    });
    expect(new Set(kinds).size).toBe(2);
  });

  it("is the network alone without rejection", async () => {
    const gate = await twoStageGate({ ...quick, rejection: false }).fit(samples, createRandom(1));
    const { folds: _, ...options } = quick;
    const network = await softmaxNetwork(options).fit(samples, createRandom(1).fork("network"));
    for (const { embedding } of queries) {
      expect(gate.predictProba(embedding)).toEqual(network.predictProba(embedding));
      expect(gate.predict(embedding)).toMatchObject({
        kind: "person",
        label: (network.predict(embedding) as { label: string }).label,
      });
    }
    expect(gate.chosen).not.toHaveProperty("minCosine");
  });

  it.each([
    [{ minCosine: 1.1 }, "invalid minCosine: 1.1 (must be a number in -1..1, or fit)"],
    [{ minProbability: -0.1 }, "invalid minProbability: -0.1 (must be a number in 0..1, or fit)"],
    [{ minProbability: Number.NaN }, "invalid minProbability: NaN (must be a number in 0..1, or fit)"],
    [{ folds: 1 }, "invalid folds: 1 (must be an integer >= 2)"],
    [{ epochs: 0 }, "invalid epochs: 0 (must be an integer >= 1)"],
  ])("refuses %j", (options, message) => {
    expect(() => twoStageGate(options)).toThrow(InputError);
    expect(() => twoStageGate(options)).toThrow(message);
  });
});

describe("galleryThreshold", () => {
  /** Unit vectors in the plane, by their angles in degrees. */
  const at = (label: string, ...degrees: number[]): Sample[] =>
    degrees.map((angle) => {
      const radians = (angle * Math.PI) / 180;
      return { label, embedding: Float32Array.of(Math.cos(radians), Math.sin(radians)) };
    });
  const cos = (degrees: number): number => Math.cos((degrees * Math.PI) / 180);
  const learn = (...samples: Sample[]) => galleryThreshold(trainingSet(samples, { normalize: true }));

  it("is the least genuine similarity where that is above the gap", () => {
    // Nearest of one's own: 10, 10, 10, 20 degrees off, twice; nearest other: 50 degrees and more.
    const { threshold, falseAcceptRate, falseRejectRate } = learn(
      ...at("a", 0, 10, 20, 40),
      ...at("b", 90, 110, 120, 130),
    );
    expect(threshold).toBeCloseTo(cos(20), 6);
    expect(threshold).toBeGreaterThan((cos(20) + cos(50)) / 2 + 0.05);
    expect([falseAcceptRate, falseRejectRate]).toEqual([0, 0]);
  });

  it("is the middle of the gap where that is higher", () => {
    // b's faces are as far from each other as from a's: they are given up.
    const { threshold } = learn(...at("a", 0, 2, 4, 6), ...at("b", 20, 50, 80));
    expect(threshold).toBeGreaterThan(cos(14));
    expect(threshold).toBeLessThan(cos(2));
  });

  it("does not stumble over single photos and single people", () => {
    expect(learn(...at("a", 0), ...at("b", 60)).threshold).toBeCloseTo((cos(60) + 1) / 2, 6);
    expect(learn(...at("a", 0), ...at("b", 60))).toMatchObject({ falseRejectRate: null, falseAcceptRate: 0 });
    expect(learn(...at("a", 0, 30, 60)).threshold).toBeCloseTo(cos(30), 6);
    expect(learn(...at("a", 0))).toEqual({ threshold: 0.5, falseAcceptRate: null, falseRejectRate: null });
  });

  it("is the threshold of `cosine`", async () => {
    for (const seed of [1, 2, 3]) {
      const { train } = enrolment(seed);
      const { chosen } = await cosineThreshold().fit(train, createRandom(1));
      expect(learn(...train).threshold).toBeCloseTo(chosen.threshold as number, 12);
    }
  });
});

describe("gateProbability", () => {
  const options = softmaxNetwork({ epochs: 15, learningRate: 0.01 }).options;
  const learn = (samples: readonly Sample[], minCosine: number): Promise<number> =>
    gateProbability(trainingSet(samples, { normalize: true }), options, {
      folds: 2,
      minCosine,
      random: createRandom(1),
    });

  it("is within 0 and 0.5, and 0 where no known face could be asked about", async () => {
    const samples = blobs({ photos: [6, 6, 6, 6], spread: 0.3, seed: 7 });
    const threshold = await learn(samples, 0.5);
    expect(threshold).toBeGreaterThan(0);
    expect(threshold).toBeLessThanOrEqual(0.5);
    // No face is as near as that.
    expect(await learn(samples, 1)).toBe(0);
    expect(await learn(blobs({ photos: [1, 1, 1] }), -1)).toBe(0);
    expect(await learn(blobs({ photos: [5] }), -1)).toBe(0);
  });

  it("is low where known faces are hard to tell", async () => {
    const near = await learn(blobs({ photos: [8, 8, 8, 8, 8, 8], spread: 0.1, seed: 8 }), -1);
    const far = await learn(blobs({ photos: [8, 8, 8, 8, 8, 8], spread: 4, seed: 8 }), -1);
    expect(far).toBeLessThan(near);
  });
});
