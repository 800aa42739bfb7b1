import { createRequire } from "node:module";
import { createRandom, type Embedding, InputError, linearSvm, mlSvm, type Sample } from "facelab";
import { expect, it } from "vitest";
import { blobs } from "./samples.js";

const SVM = createRequire(new URL("../../src/lib/package.json", import.meta.url))("ml-svm") as new (
  options: object,
) => {
  train(x: number[][], y: number[]): void;
  marginOne(x: number[]): number;
};

const unit = (embedding: Embedding): number[] => {
  const norm = Math.hypot(...embedding);
  return [...embedding].map((value) => value / norm);
};

/** The person with the largest margin among machines of the package itself, on unit vectors. */
function directly(train: readonly Sample[], tests: readonly Sample[]): string[] {
  const labels = [...new Set(train.map(({ label }) => label))].sort();
  const machines = labels.map((label) => {
    const machine = new SVM({ C: 10, whitening: false, random: createRandom(5).uniform });
    machine.train(
      train.map(({ embedding }) => unit(embedding)),
      train.map((sample) => (sample.label === label ? 1 : -1)),
    );
    return machine;
  });
  return tests.map(({ embedding }) => {
    const margins = machines.map((machine) => machine.marginOne(unit(embedding)));
    return labels[margins.indexOf(Math.max(...margins))]!;
  });
}

it("says what the package's machines say, one against the rest", async () => {
  const all = blobs({ photos: [12, 12, 12, 12, 12], dimensions: 16, spread: 0.7, seed: 3 });
  const train = all.filter((_, i) => i % 2 === 0);
  const tests = all.filter((_, i) => i % 2 === 1);
  const model = await mlSvm().fit(train, createRandom(1));
  const own = tests.map(({ embedding }) => {
    const prediction = model.predict(embedding);
    return prediction.kind === "person" ? prediction.label : "";
  });
  const expected = directly(train, tests);
  // Another order of its random pairs ends within its tolerance of the same planes.
  const equal = own.filter((label, i) => label === expected[i]).length;
  expect(equal).toBeGreaterThanOrEqual(tests.length - 1);
  expect(own.filter((label, i) => label === tests[i]!.label).length).toBeGreaterThan(tests.length * 0.9);
  const ours = await linearSvm().fit(train, createRandom(1));
  expect(model.labels).toEqual(ours.labels);
  expect(model.chosen).toMatchObject({ c: 10, unconverged: 0, calibration: "none" });
});

it("stops after maxIter passes and says so, instead of throwing", async () => {
  const samples = blobs({ photos: [9, 9, 9], spread: 2 });
  const model = await mlSvm({ maxIter: 2 }).fit(samples, createRandom(1));
  expect(model.chosen).toMatchObject({ iterations: 2, unconverged: 3 });
  expect(Number.isFinite(model.predict(samples[0]!.embedding).score)).toBe(true);
});

it("takes about as long as predicted", async () => {
  const samples = blobs({ photos: Array(20).fill(14), dimensions: 128, spread: 1, seed: 6 });
  const classifier = mlSvm();
  const workload = { samples: 280, dimensions: 128, labels: 20, tests: 0 };
  const predicted = classifier.estimateSeconds!(workload);
  const started = performance.now();
  await classifier.fit(samples, createRandom(1));
  const seconds = (performance.now() - started) / 1000;
  // Loosely: the machine may be another, or busy.
  expect(seconds).toBeLessThan(predicted * 10);
  expect(seconds).toBeGreaterThan(predicted / 10);
  expect(classifier.estimateSeconds!({ ...workload, labels: 40 })).toBeCloseTo(2 * predicted, 10);
  expect(classifier.estimateSeconds!({ ...workload, samples: 560 })).toBeGreaterThan(4 * predicted);
});

it.each([{ c: 0 }, { tol: -1 }, { maxIter: 0.5 }])("refuses %j", (options) => {
  expect(() => mlSvm(options)).toThrow(InputError);
});
