import {
  type Classifier,
  type ClassifierName,
  classifiers,
  createRandom,
  InputError,
  loadModel,
  type Model,
  type Sample,
} from "facelab";
import { describe, expect, it } from "vitest";
import { blobs } from "./samples.js";

/** One line per classifier: how to make it, and the share of separable people's new photos that it must recognise. */
const contracts: Record<ClassifierName, { create: () => Classifier; accuracy: number }> = {
  svm: { create: () => classifiers.svm({ cGrid: [1, 10] }), accuracy: 1 },
  // With so few people, cosine, cosine-mean and gate refuse faces that are less alike than the enrolled ones.
  cosine: { create: () => classifiers.cosine(), accuracy: 0.8 },
  knn: { create: () => classifiers.knn({ nNeighbors: 3 }), accuracy: 1 },
  "cosine-mean": { create: () => classifiers["cosine-mean"](), accuracy: 0.8 },
  "svm-c1": { create: () => classifiers["svm-c1"](), accuracy: 1 },
  "ml-svm": { create: () => classifiers["ml-svm"](), accuracy: 1 },
  "ml-knn": { create: () => classifiers["ml-knn"]({ nNeighbors: 3 }), accuracy: 1 },
  softmax: { create: () => classifiers.softmax({ epochs: 30, learningRate: 0.01 }), accuracy: 1 },
  // With its own step it would have learned nothing after ten steps, one for each epoch of so few photos.
  "softmax-10": { create: () => classifiers["softmax-10"]({ learningRate: 0.03 }), accuracy: 0.9 },
  gate: { create: () => classifiers.gate({ epochs: 20, learningRate: 0.01, folds: 2 }), accuracy: 0.75 },
  eigenfaces: { create: () => classifiers.eigenfaces({ c: 10 }), accuracy: 1 },
  // Nine of the 24 people's photos are those of the most frequent person.
  majority: { create: () => classifiers.majority(), accuracy: 9 / 24 },
};

const people = { photos: [6, 4, 9, 5], seed: 1 };
const samples = blobs(people);
const overlapping = blobs({ photos: [5, 3, 1, 8, 2], spread: 1.5, seed: 2 });
const queries = [...samples, ...overlapping].map(({ embedding }) => embedding);
const zero = new Float32Array(6);

const copy = (list: readonly Sample[]): Sample[] =>
  list.map(({ embedding, label }) => ({ embedding: embedding.slice(), label }));

/** Everything that a model says, for `toEqual`: bit for bit. */
async function answers(classifier: Classifier, on: readonly Sample[], seed = 1) {
  return said(await classifier.fit(on, createRandom(seed)));
}

function said(model: Model) {
  return {
    labels: model.labels,
    dimensions: model.dimensions,
    chosen: model.chosen,
    probabilities: queries.map((query) => [...model.predictProba(query)]),
    predictions: queries.map((query) => model.predict(query)),
  };
}

/** Labels that JSON, CSV and JavaScript's objects could stumble over, and numbers near the smallest. */
function anyName({ embedding, label }: Sample): Sample {
  const names = ["__proto__", 'a "b",\n', "\u{1f600}", "\ud800", "=1+1"];
  return { embedding: embedding.map((v) => v * 1e-38), label: names[Number(label.slice(-1))]! };
}

it("covers every registered classifier", () => {
  expect(Object.keys(contracts).sort()).toEqual(Object.keys(classifiers).sort());
});

describe.each(Object.entries(contracts))("%s", (name, { create, accuracy }) => {
  it("is called by its key and shows its parameters as JSON", () => {
    const { name: own, params } = create();
    expect(own).toBe(name);
    expect(JSON.parse(JSON.stringify(params))).toEqual(params);
  });

  it("recognises new photos of separable people", async () => {
    const both = blobs({ ...people, photos: people.photos.map((count) => 2 * count) });
    const isTest = (i: number): boolean => i % 2 === 1;
    const model = await create().fit(
      both.filter((_, i) => !isTest(i)),
      createRandom(1),
    );
    const tests = both.filter((_, i) => isTest(i));
    const right = tests.filter(({ embedding, label }) => {
      const prediction = model.predict(embedding);
      return prediction.kind === "person" && prediction.label === label;
    });
    expect(right.length / tests.length).toBeGreaterThanOrEqual(accuracy);
  });

  it("gives the same model for the same seed, from two classifiers", async () => {
    expect(await answers(create(), overlapping)).toEqual(await answers(create(), overlapping));
  });

  it("does not depend on the order of the samples", async () => {
    const expected = await answers(create(), overlapping);
    expect(await answers(create(), overlapping.toReversed())).toEqual(expected);
    expect(await answers(create(), createRandom(9).shuffle(overlapping))).toEqual(expected);
  });

  it("forgets what it was fitted on before, and leaves the earlier model alone", async () => {
    const classifier = create();
    const earlier = await classifier.fit(overlapping, createRandom(1));
    const before = queries.map((query) => earlier.predictProba(query));
    const others = blobs({ photos: [4, 4, 4], seed: 3 }).map((sample) => ({
      ...sample,
      label: `other ${sample.label}`,
    }));
    expect(await answers(classifier, others)).toEqual(await answers(create(), others));
    expect(queries.map((query) => earlier.predictProba(query))).toEqual(before);
  });

  it("changes neither samples nor queries", async () => {
    const given = copy(overlapping);
    const model = await create().fit(given, createRandom(1));
    const query = queries[0]!.slice();
    model.predict(query);
    model.predictProba(query);
    expect(given).toEqual(overlapping);
    expect(query).toEqual(queries[0]);
  });

  it("keeps its own copy of the samples", async () => {
    const given = copy(overlapping);
    const model = await create().fit(given, createRandom(1));
    const before = queries.map((query) => model.predictProba(query));
    for (const { embedding } of given) embedding.fill(0);
    expect(queries.map((query) => model.predictProba(query))).toEqual(before);
  });

  it("gives a fresh array for each answer", async () => {
    const model = await create().fit(overlapping, createRandom(1));
    const first = model.predictProba(queries[0]!);
    const before = first.slice();
    model.predictProba(queries[5]!).fill(7);
    expect(first).toEqual(before);
  });

  it.each([
    ["separable people", samples],
    ["overlapping people, some with one photo", overlapping],
    ["one photo each", blobs({ photos: [1, 1, 1, 1] })],
    ["two people", blobs({ photos: [5, 3], spread: 1 })],
    ["one photo against many", blobs({ photos: [1, 12] })],
    ["two photos of two people", blobs({ photos: [1, 1] })],
    ["the same photos three times", [...overlapping, ...overlapping, ...overlapping]],
    [
      "equal photos of different people",
      ["a", "b", "a", "b"].map((label) => ({ label, embedding: new Float32Array(6).fill(1) })),
    ],
    ["black photos", ["a", "b", "a", "b", "c"].map((label) => ({ label, embedding: zero }))],
    [
      "tiny and huge numbers",
      samples.map(({ embedding, label }, i) => ({
        label,
        embedding: embedding.map((v) => v * (i % 2 ? 1e18 : 1e-18)),
      })),
    ],
  ])("answers with probabilities in the order of the sorted labels: %s", async (_, list) => {
    const model = await create().fit(list, createRandom(1));
    expect(model.labels).toEqual([...new Set(list.map(({ label }) => label))].sort());
    expect(model.dimensions).toBe(6);
    expect(JSON.parse(JSON.stringify(model.chosen))).toEqual(model.chosen);
    for (const query of [...queries, zero]) {
      const probabilities = model.predictProba(query);
      expect(probabilities.length).toBe(model.labels.length);
      expect(probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      const prediction = model.predict(query);
      expect(Number.isFinite(prediction.score)).toBe(true);
      if (prediction.kind === "person") {
        expect(probabilities[model.labels.indexOf(prediction.label)]).toBeCloseTo(
          Math.max(...probabilities),
          12,
        );
      }
    }
  });

  it.each([1, 4])("knows nobody but a single person, with %i photos", async (photos) => {
    const list = blobs({ photos: [photos] });
    const model = await create().fit(list, createRandom(1));
    expect(model.predict(list[0]!.embedding)).toMatchObject({ kind: "person", label: "person 0" });
    for (const query of queries) expect([...model.predictProba(query)]).toEqual([1]);
  });

  it.each([
    ["overlapping people", overlapping],
    ["one person", blobs({ photos: [3] })],
    ["tiny numbers, and people of any name", overlapping.map(anyName)],
  ])("says the same, bit for bit, after it was saved and loaded: %s", async (_, list) => {
    const model = await create().fit(list, createRandom(1));
    const json: unknown = JSON.parse(JSON.stringify(model));
    const loaded = loadModel(json, { kind: name, dimensions: 6 });
    expect(said(loaded)).toEqual(said(model));
    expect(JSON.stringify(loaded)).toBe(JSON.stringify(model));
    expect(JSON.parse(JSON.stringify(json))).toEqual(json);
  });

  it("refuses to be fitted on no samples", async () => {
    await expect(create().fit([], createRandom(1))).rejects.toThrow(InputError);
    await expect(create().fit([], createRandom(1))).rejects.toThrow(
      "invalid samples: 0 (must be at least one)",
    );
  });

  it("refuses embeddings of another length, in fit and predict", async () => {
    const short = { embedding: new Float32Array(5), label: "person 0" };
    await expect(create().fit([...samples, short], createRandom(1))).rejects.toThrow(InputError);
    const empty = { embedding: new Float32Array(0), label: "person 0" };
    await expect(create().fit([empty], createRandom(1))).rejects.toThrow(InputError);
    const model = await create().fit(samples, createRandom(1));
    for (const length of [0, 5, 7]) {
      const problem = `invalid embedding: length ${length} (must be 6)`;
      expect(() => model.predict(new Float32Array(length))).toThrow(InputError);
      expect(() => model.predict(new Float32Array(length))).toThrow(problem);
      expect(() => model.predictProba(new Float32Array(length))).toThrow(problem);
    }
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    "refuses %d, in fit and predict",
    async (bad) => {
      const embedding = Float32Array.of(0, 1, bad, 0, 0, 0);
      const problem = `invalid embedding: ${bad} at position 2 (must be finite numbers)`;
      await expect(create().fit([...samples, { embedding, label: "x" }], createRandom(1))).rejects.toThrow(
        InputError,
      );
      await expect(create().fit([...samples, { embedding, label: "x" }], createRandom(1))).rejects.toThrow(
        problem,
      );
      const model = await create().fit(samples, createRandom(1));
      expect(() => model.predict(embedding)).toThrow(problem);
      expect(() => model.predictProba(embedding)).toThrow(InputError);
    },
  );
});
