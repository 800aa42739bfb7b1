import { createRandom, nearestNeighbours } from "facelab";
import { describe, expect, it } from "vitest";
import { blobs, largestDifference, reference, toSamples } from "./samples.js";

interface Reference {
  x: number[][];
  y: string[];
  queries: number[][];
  cases: {
    nNeighbors: number;
    weights: "uniform" | "distance";
    metric: "cosine" | "euclidean";
    queries: number[];
    predictions: string[];
    probabilities: number[][];
  }[];
}

describe("against scikit-learn's KNeighborsClassifier", () => {
  const { x, y, queries, cases } = reference<Reference>("k-neighbors");

  it.each(cases)(
    "$nNeighbors neighbours, $weights, $metric",
    async ({ queries: asked, predictions, probabilities, ...options }) => {
      const model = await nearestNeighbours(options).fit(toSamples(x, y), createRandom(1));
      asked.forEach((query, i) => {
        const embedding = Float32Array.from(queries[query]!);
        expect(largestDifference(model.predictProba(embedding), probabilities[i]!)).toBeLessThan(1e-9);
        const best = predictions[i]!;
        expect(model.predict(embedding)).toMatchObject({ kind: "person", label: best });
      });
    },
  );
});

it("lets all faces vote where there are fewer than asked for", async () => {
  const model = await nearestNeighbours({ nNeighbors: 50 }).fit(blobs({ photos: [3, 1] }), createRandom(1));
  expect(model.chosen).toEqual({ nNeighbors: 4 });
  expect([...model.predictProba(new Float32Array(6).fill(1))]).toEqual([0.75, 0.25]);
});

it("takes the faces of the first label where the k-th place is shared", async () => {
  const samples = ["b", "a", "c"].map((label) => ({ label, embedding: Float32Array.of(1, 0) }));
  const model = await nearestNeighbours({ nNeighbors: 2, metric: "euclidean" }).fit(samples, createRandom(1));
  expect([...model.predictProba(Float32Array.of(0, 1))]).toEqual([0.5, 0.5, 0]);
  expect(model.predict(Float32Array.of(0, 1))).toEqual({ kind: "person", label: "a", score: 0.5 });
});

it("shares the vote between equal directions of different lengths", async () => {
  const direction = [0.1, 0.7, 0.3];
  const samples = [1, 3, 7].map((length, i) => ({
    label: "abc"[i]!,
    embedding: Float32Array.from(direction, (v) => v * length),
  }));
  const model = await nearestNeighbours({ nNeighbors: 3, weights: "distance" }).fit(samples, createRandom(1));
  expect(
    largestDifference(model.predictProba(Float32Array.from(direction)), [1 / 3, 1 / 3, 1 / 3]),
  ).toBeLessThan(1e-12);
});

it.each([
  [{ nNeighbors: 0 }, "invalid nNeighbors: 0 (must be an integer >= 1)"],
  [{ weights: "heavy" as "uniform" }, "invalid weights: heavy (must be uniform or distance)"],
  [{ metric: "manhattan" as "cosine" }, "invalid metric: manhattan (must be cosine or euclidean)"],
])("refuses %o", (options, message) => {
  expect(() => nearestNeighbours(options)).toThrow(message);
});
