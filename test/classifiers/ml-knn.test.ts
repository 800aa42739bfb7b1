import { createRequire } from "node:module";
import { createRandom, type Embedding, InputError, mlKnn, nearestNeighbours } from "facelab";
import { expect, it } from "vitest";
import { blobs } from "./samples.js";

const KNN = createRequire(new URL("../../src/lib/package.json", import.meta.url))("ml-knn") as new (
  x: number[][],
  y: string[],
  options: object,
) => { predict(x: number[]): string };

const unit = (embedding: Embedding): number[] => {
  const norm = Math.hypot(...embedding);
  return [...embedding].map((value) => value / norm);
};
const train = blobs({ photos: [7, 5, 9, 6, 8], dimensions: 16, spread: 1.3, seed: 3 });
const queries = blobs({ photos: Array(5).fill(30), dimensions: 16, spread: 1.6, seed: 4 });

it("has the votes of `knn`, and among equals the package's choice", async () => {
  const model = await mlKnn().fit(train, createRandom(1));
  const exact = await nearestNeighbours().fit(train, createRandom(1));
  // The package's choice between equals depends on the order of the faces: the one that the model has.
  const sorted = train.toSorted(
    (a, b) => a.label.localeCompare(b.label) || a.embedding[0]! - b.embedding[0]!,
  );
  const direct = new KNN(
    sorted.map(({ embedding }) => unit(embedding)),
    sorted.map(({ label }) => label),
    { k: 5 },
  );
  let ties = 0;
  for (const { embedding } of queries) {
    const probabilities = model.predictProba(embedding);
    expect(probabilities).toEqual(exact.predictProba(embedding));
    const prediction = model.predict(embedding);
    expect(prediction).toMatchObject({ kind: "person", label: direct.predict(unit(embedding)) });
    expect(prediction.score).toBe(Math.max(...probabilities));
    if (probabilities.filter((share) => share === prediction.score).length > 1) ties++;
  }
  // Both must occur, or half of this test would show nothing.
  expect(ties).toBeGreaterThan(5);
  expect(ties).toBeLessThan(queries.length / 2);
});

it("lets all faces vote where there are fewer than nNeighbors", async () => {
  const model = await mlKnn({ nNeighbors: 50 }).fit(train, createRandom(1));
  expect(model.chosen).toEqual({ nNeighbors: 35 });
  expect([...model.predictProba(queries[0]!.embedding)]).toEqual([7, 5, 9, 6, 8].map((n) => n / 35));
});

it("takes about as long as predicted", async () => {
  const samples = blobs({ photos: Array(50).fill(20), dimensions: 128 });
  const classifier = mlKnn();
  const model = await classifier.fit(samples, createRandom(1));
  const started = performance.now();
  for (const { embedding } of samples.slice(0, 100)) model.predict(embedding);
  const seconds = (performance.now() - started) / 1000;
  const workload = { samples: 1000, dimensions: 128, labels: 50, tests: 100 };
  const predicted = classifier.estimateSeconds!(workload);
  // Loosely: the machine may be another, or busy.
  expect(seconds).toBeLessThan(predicted * 10);
  expect(seconds).toBeGreaterThan(predicted / 10);
  expect(classifier.estimateSeconds!({ ...workload, tests: 200 })).toBeCloseTo(2 * predicted, 10);
});

it.each([0, 1.5, Number.NaN])("refuses nNeighbors %d", (nNeighbors) => {
  expect(() => mlKnn({ nNeighbors })).toThrow(InputError);
});
