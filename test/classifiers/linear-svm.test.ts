import { createRandom, innerFolds, linearSvm } from "facelab";
import { describe, expect, it } from "vitest";
import { blobs, largestDifference, reference, toSamples } from "./samples.js";

interface Reference {
  c: number;
  x: number[][];
  y: string[];
  queries: number[][];
  classes: string[];
  coef: number[][];
  intercept: number[];
  decisions: number[][] | number[];
  predictions: string[];
}

describe("against scikit-learn's LinearSVC", () => {
  const cases = reference<Reference[]>("linear-svc");

  it.each(cases)(
    "gives its planes: case %# with C = $c",
    async ({ c, x, y, queries, classes, ...expected }) => {
      const model = await linearSvm({ c, tol: 1e-8, maxIter: 1_000_000, normalize: false }).fit(
        toSamples(x, y),
        createRandom(1),
      );
      expect(model.chosen.unconverged).toBe(0);
      expect(model.labels).toEqual(classes);
      // scikit-learn has one plane for two people, the second one's.
      const first = classes.length === 2 ? 1 : 0;
      expect(
        largestDifference(model.coef.slice(first * model.dimensions), expected.coef.flat()),
      ).toBeLessThan(1e-5);
      expect(largestDifference(model.intercept.slice(first), expected.intercept)).toBeLessThan(1e-5);
      queries.forEach((query, i) => {
        const decisions = model.decisionFunction(Float32Array.from(query));
        expect(largestDifference(decisions.slice(first), [expected.decisions[i]!].flat())).toBeLessThan(1e-4);
        if (first === 1) expect(decisions[0]).toBe(-decisions[1]!);
        expect(model.predict(Float32Array.from(query))).toMatchObject({ label: expected.predictions[i] });
      });
    },
  );
});

describe("the choice of C", () => {
  const samples = blobs({ photos: [9, 7, 12, 2, 1, 8], spread: 0.9, seed: 4 });

  it("takes the most accurate of the grid on the folds that innerFolds gives", async () => {
    const cGrid = [0.001, 0.01, 1, 100];
    const model = await linearSvm({ cGrid, folds: 2, tol: 1e-6 }).fit(samples, createRandom(5));
    const folds = innerFolds(samples, createRandom(5), 2);
    const means: number[] = [];
    for (const c of cGrid) {
      let mean = 0;
      for (const { train, test } of folds) {
        // Cold, fold by fold: what the warm starts must not change.
        const machine = await linearSvm({ c, tol: 1e-6 }).fit(
          train.map((i) => samples[i]!),
          createRandom(8),
        );
        const right = test.filter((i) => {
          const prediction = machine.predict(samples[i]!.embedding);
          return prediction.kind === "person" && prediction.label === samples[i]!.label;
        });
        mean += right.length / test.length / folds.length;
      }
      means.push(mean);
    }
    expect(new Set(means).size).toBeGreaterThan(1);
    expect(model.chosen.cvGrid).toEqual(cGrid);
    expect(largestDifference(model.chosen.cvAccuracies as number[], means)).toBeLessThan(1e-12);
    expect(model.chosen.c).toBe(cGrid[means.findIndex((mean) => mean >= Math.max(...means) - 1e-12)]);
  });

  it("gives ties to the smaller C, whatever the grid's order", async () => {
    const easy = blobs({ photos: [6, 6, 6], spread: 0.01, seed: 6 });
    const model = await linearSvm({ cGrid: [1000, 10, 100] }).fit(easy, createRandom(1));
    expect(model.chosen).toMatchObject({ c: 10, cvGrid: [10, 100, 1000], cvAccuracies: [1, 1, 1], folds: 3 });
  });

  it("ends with the same planes as a fixed C", async () => {
    const searched = await linearSvm({ tol: 1e-8 }).fit(samples, createRandom(1));
    const fixed = await linearSvm({ c: searched.chosen.c as number, tol: 1e-8 }).fit(
      samples,
      createRandom(2),
    );
    expect(largestDifference(searched.coef, fixed.coef)).toBeLessThan(1e-5);
  });

  it("takes the grid's value nearest to 10 where nobody has two photos", async () => {
    const model = await linearSvm({ cGrid: [0.1, 3, 200] }).fit(
      blobs({ photos: [1, 1, 1] }),
      createRandom(1),
    );
    expect(model.chosen).toMatchObject({ c: 3, cvAccuracies: [], folds: 0, calibration: "training" });
  });

  it("is solved closely enough with the default tolerance", async () => {
    const planes = async (tol?: number) =>
      (await linearSvm({ c: 100, tol }).fit(samples, createRandom(1))).decisionFunction;
    const [close, exact] = [await planes(), await planes(1e-8)];
    const queries = blobs({ photos: [40], spread: 1, seed: 5 });
    const errors = queries.map(({ embedding }) => largestDifference(close(embedding), exact(embedding)));
    expect(Math.max(...errors)).toBeGreaterThan(0);
    expect(Math.max(...errors)).toBeLessThan(0.01);
  });

  it("counts the problems that were stopped early", async () => {
    const model = await linearSvm({ c: 100, maxIter: 1 }).fit(samples, createRandom(1));
    expect(model.chosen.unconverged).toBe(3 * 6); // two folds and the final fit, six people each
  });
});

describe("probabilities", () => {
  it.each([0.3, 1, 3])("rank people as the decision values do: spread %d", async (spread) => {
    const model = await linearSvm({ c: 10 }).fit(
      blobs({ photos: [8, 6, 9, 7, 1], spread, seed: 7 }),
      createRandom(1),
    );
    for (const { embedding } of blobs({ photos: [30, 30], spread: 2, seed: 8 })) {
      const rank = (values: Float64Array): number[] =>
        [...values.keys()].sort((a, b) => values[b]! - values[a]!);
      expect(rank(model.predictProba(embedding))).toEqual(rank(model.decisionFunction(embedding)));
    }
  });

  it("keep that order where the held-out values speak against the planes", async () => {
    // Two faces, each under both names: half of the ways to hold out one of each name teach exactly the wrong thing.
    const samples = [-1, -0.9, 0.9, 1].map((x, i) => ({
      embedding: Float32Array.of(x, 1),
      label: i % 2 ? "b" : "a",
    }));
    const query = Float32Array.of(9, 1);
    const slopes: number[] = [];
    for (let seed = 0; seed < 8; seed++) {
      const model = await linearSvm({ c: 1 }).fit(samples, createRandom(seed));
      const [f, p] = [model.decisionFunction(query), model.predictProba(query)];
      expect(p[1]! > p[0]!).toBe(f[1]! > f[0]!);
      slopes.push(model.chosen.plattA as number);
    }
    // The smallest slope that is allowed stands for all that would fall.
    expect(Math.max(...slopes)).toBe(-1e-3);
    expect(Math.min(...slopes)).toBeLessThan(-0.01);
  });

  it("are calibrated on held-out photos, not on those learned by heart", async () => {
    // Noise: nobody can be recognised, so nobody may be called with certainty.
    const noise = blobs({ photos: [40], dimensions: 60, spread: 1, seed: 9 }).map((sample, i) => ({
      ...sample,
      label: `${i % 4}`,
    }));
    const model = await linearSvm({ c: 100 }).fit(noise, createRandom(1));
    const surest = noise.map(({ embedding }) => Math.max(...model.predictProba(embedding)));
    expect(Math.max(...surest)).toBeLessThan(0.6);
  });

  it("do not depend on the length of the embeddings, unless asked to", async () => {
    const samples = blobs({ photos: [6, 6], seed: 3 });
    const longer = samples.map(({ embedding, label }) => ({
      label,
      embedding: embedding.map((value) => 4 * value),
    }));
    const query = samples[0]!.embedding;
    const proba = async (normalize: boolean, on: typeof samples) =>
      (await linearSvm({ c: 1, normalize }).fit(on, createRandom(1))).predictProba(query);
    expect(await proba(true, longer)).toEqual(await proba(true, samples));
    expect(await proba(false, longer)).not.toEqual(await proba(false, samples));
  });
});

it.each([
  [{ c: 0 }, "invalid c: 0 (must be a number > 0)"],
  [{ c: Number.NaN }, "invalid c: NaN (must be a number > 0)"],
  [{ cGrid: [] }, "invalid cGrid: [] (must hold at least one number > 0)"],
  [{ cGrid: [1, -1] }, "invalid cGrid: -1 (must be a number > 0)"],
  [{ folds: 1 }, "invalid folds: 1 (must be an integer >= 2)"],
  [{ tol: 0 }, "invalid tol: 0 (must be a number > 0)"],
  [{ maxIter: 0.5 }, "invalid maxIter: 0.5 (must be an integer >= 1)"],
])("refuses %o", (options, message) => {
  expect(() => linearSvm(options)).toThrow(message);
});
