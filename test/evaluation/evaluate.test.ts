import {
  type Classifier,
  classifiers,
  cosineThreshold,
  createRandom,
  type Evaluation,
  evaluate,
  linearSvm,
  nearestNeighbours,
  type Sample,
  type Workload,
} from "facelab";
import { describe, expect, it } from "vitest";
import { dividedSet, syntheticSet } from "./synthetic-set.js";

/** All that work on the set's own embeddings. */
const all = (): Classifier[] =>
  Object.values(classifiers)
    .map((create): Classifier => create())
    .filter(({ embedder }) => embedder === undefined);
const random = (seed = 7) => createRandom(seed);

// Photos without a face among the others; Dora has one photo, and Emil's are all without a face.
const set = syntheticSet({ Ada: "xxx-xxx", Björn: "x-xxxx", Chloé: "xxxxxxxx-", Dora: "x", Emil: "---" });

/** Answers with the first person it was shown, and remembers what it was shown and asked. */
function recorder(name: string) {
  const shown: (readonly Sample[])[] = [];
  const asked: Float32Array[][] = [];
  const classifier: Classifier = {
    name,
    params: {},
    async fit(samples) {
      shown.push(samples);
      const questions: Float32Array[] = [];
      asked.push(questions);
      const label = samples[0]!.label;
      return {
        labels: [label],
        dimensions: samples[0]!.embedding.length,
        chosen: { first: label },
        predictProba: () => Float64Array.of(1),
        predict(embedding) {
          questions.push(embedding);
          return { kind: "person", label, score: 0.5 };
        },
      };
    },
  };
  return { classifier, shown, asked };
}

describe("evaluate", () => {
  it("keeps one record of every test photo, classifier and repeat", async () => {
    const repeats = 3;
    const { records, splits, fits } = await evaluate(set, all(), { random: random(), repeats });
    const names = all().map(({ name }) => name);
    expect(splits).toHaveLength(repeats);
    const expected = splits.flatMap(({ test }, repeat) =>
      names.flatMap((name) => test.map((index) => `${repeat} ${name} ${set.photos[index]!.path}`)),
    );
    const keys = records.map(({ repeat, classifier, path }) => `${repeat} ${classifier} ${path}`);
    expect(keys.toSorted()).toEqual(expected.toSorted());
    const photos = new Map(set.photos.map((photo) => [photo.path, photo]));
    for (const record of records) {
      const photo = photos.get(record.path)!;
      expect(record.label).toBe(photo.label);
      expect(record.answer === "none").toBe(photo.kind === "none");
      expect(record.correct).toBe(record.answer === "person" && record.predicted === photo.label);
    }
    for (const { train, test } of splits) {
      expect([...train, ...test].toSorted((a, b) => a - b)).toEqual([...set.photos.keys()]);
    }
    for (const { repeat, trainFaces } of fits) {
      const faces = splits[repeat]!.train.filter((index) => set.photos[index]!.kind === "face");
      expect(trainFaces).toBe(faces.length);
    }
    // Neither trivial nor hopeless, or the comparisons of this file would show nothing.
    const right = records.filter(({ correct }) => correct).length;
    expect(right).toBeGreaterThan(records.length / 4);
    expect(right).toBeLessThan(records.length);
  });

  it("shows every classifier the same training faces, and asks only about test faces", async () => {
    const [a, b] = [recorder("a"), recorder("b")];
    const done: string[] = [];
    const { splits, fits } = await evaluate(set, [a.classifier, b.classifier], {
      random: random(),
      repeats: 2,
      testSize: 0.5,
      onFit: (count, total) => done.push(`${count} of ${total}`),
    });
    const faces = (indices: readonly number[]) =>
      indices.flatMap((index) => {
        const photo = set.photos[index]!;
        return photo.kind === "face" ? [photo] : [];
      });
    for (const { shown, asked } of [a, b]) {
      expect(shown).toEqual(
        splits.map(({ train }) => faces(train).map(({ embedding, label }) => ({ embedding, label }))),
      );
      expect(asked).toEqual(splits.map(({ test }) => faces(test).map(({ embedding }) => embedding)));
    }
    expect(splits[0]).not.toEqual(splits[1]);
    expect(fits.map(({ chosen }) => chosen)).toEqual(
      splits.flatMap(({ train }) => Array(2).fill({ first: faces(train)[0]!.label })),
    );
    expect(done).toEqual(["1 of 4", "2 of 4", "3 of 4", "4 of 4"]);
  });

  it("records how probable the answer and the truth were", async () => {
    const certain: Classifier = {
      ...recorder("certain").classifier,
      fit: async () => ({
        labels: ["Ada", "Björn", "Chloé"],
        dimensions: 8,
        chosen: {},
        predictProba: () => Float64Array.of(0.3, 0.1, 0.6),
        predict: () => ({ kind: "unknown", score: 0.25 }),
      }),
    };
    const { records } = await evaluate(set, [certain], { random: random(), testSize: 0.5 });
    const expected: Record<string, [number, number | null]> = {
      Ada: [0.3, 2],
      Björn: [0.1, 3],
      Chloé: [0.6, 1],
    };
    for (const { label, answer, probability, trueProbability, trueRank } of records) {
      const said = [probability, trueProbability, trueRank];
      expect(said).toEqual(answer === "none" ? [null, null, null] : [0.6, ...expected[label]!]);
    }
    // Emil has no face to learn from; here is one to ask about.
    const stranger = {
      path: "Emil/9.jpg",
      label: "Emil",
      kind: "face" as const,
      embedding: new Float32Array(8),
    };
    const half = dividedSet({ ...set, photos: [...set.photos, stranger] }, ({ path }) =>
      path.endsWith("0.jpg") ? "train" : "test",
    );
    const asked = await evaluate(half, [certain], { random: random() });
    expect(asked.records.find(({ path }) => path === stranger.path)).toMatchObject({
      probability: 0.6,
      trueProbability: 0,
      trueRank: null,
    });
  });

  it("gives a classifier the vectors of the embedder it is made for, and says where there are none", async () => {
    const other = (i: number): Float32Array => Float32Array.of(i, 1);
    const photos = set.photos.map((photo, i) =>
      photo.kind === "face" ? { ...photo, others: { pixels: other(i) } } : photo,
    );
    const [plain, special] = [recorder("plain"), recorder("special")];
    const given = [plain.classifier, { ...special.classifier, embedder: "pixels" }];
    const result = await evaluate({ ...set, photos }, given, { random: random() });
    expect(result.notRun).toEqual([]);
    const faces = (part: "train" | "test") =>
      result.splits[0]![part].filter((index) => photos[index]!.kind === "face");
    expect(special.shown[0]!.map(({ embedding }) => embedding)).toEqual(faces("train").map(other));
    expect(special.asked[0]).toEqual(faces("test").map(other));
    expect(plain.asked[0]![0]).toHaveLength(8);

    const { notRun, records } = await evaluate(set, given, { random: random() });
    expect(notRun).toEqual([{ classifier: "special", kind: "embedder", embedder: "pixels" }]);
    expect(new Set(records.map(({ classifier }) => classifier))).toEqual(new Set(["plain"]));
  });

  it("does not run what would take longer than the budget, and says so", async () => {
    const workloads: Workload[] = [];
    const slow: Classifier = {
      ...recorder("slow").classifier,
      fit: () => Promise.reject(new Error("it was run")),
      estimateSeconds: (workload) => {
        workloads.push(workload);
        return 20;
      },
    };
    const [quick, unknown] = [recorder("quick"), recorder("unknown")];
    const given = [{ ...quick.classifier, estimateSeconds: () => 19.9 }, slow, unknown.classifier];
    const done: string[] = [];
    const onFit = (count: number, total: number) => done.push(`${count} of ${total}`);
    const options = { repeats: 3, onFit };
    const result = await evaluate(set, given, { random: random(), ...options, budgetSeconds: 59.9 });
    // All repeats together: 60 s are more than 59.9, and 59.7 s are not.
    expect(result.notRun).toEqual([{ classifier: "slow", kind: "budget", seconds: 60 }]);
    expect(result.classifiers.map(({ name }) => name)).toEqual(["quick", "slow", "unknown"]);
    expect(new Set(result.records.map(({ classifier }) => classifier))).toEqual(
      new Set(["quick", "unknown"]),
    );
    expect(result.fits.map(({ classifier }) => classifier)).not.toContain("slow");
    expect(done.at(-1)).toBe("6 of 6");
    const faces = (indices: readonly number[]) => indices.filter((i) => set.photos[i]!.kind === "face");
    expect(workloads).toEqual(
      result.splits.map(({ train, test }) => ({
        samples: faces(train).length,
        dimensions: 8,
        labels: new Set(faces(train).map((i) => set.photos[i]!.label)).size,
        tests: faces(test).length,
      })),
    );
    const within = { random: random(), repeats: 3, budgetSeconds: 60 };
    await expect(evaluate(set, given, within)).rejects.toThrow("it was run");
    await expect(evaluate(set, given, { random: random() })).rejects.toThrow("it was run");
  });

  it.each([0, -1, Number.NaN])("refuses a budget of %d seconds", async (budgetSeconds) => {
    await expect(evaluate(set, all(), { random: random(), budgetSeconds })).rejects.toThrow(
      `invalid budgetSeconds: ${budgetSeconds} (must be a number > 0)`,
    );
  });

  it("gives the same records for the same seed, whatever else is compared", async () => {
    const of = ({ records }: Evaluation, name: string) =>
      records.filter(({ classifier }) => classifier === name);
    const options = { repeats: 2, testSize: 0.4 };
    const first = await evaluate(set, all(), { random: random(), ...options });
    const again = await evaluate(set, all(), { random: random(), ...options });
    const reversed = await evaluate(set, all().reverse(), { random: random(), ...options });
    const more = await evaluate(set, all(), { random: random(), ...options, repeats: 3 });
    expect(again.records).toEqual(first.records);
    for (const [name, create] of Object.entries(classifiers)) {
      const alone = await evaluate(set, [create()], { random: random(), ...options });
      expect(alone.records).toEqual(of(first, name));
      expect(of(reversed, name)).toEqual(of(first, name));
      expect(of(more, name).filter(({ repeat }) => repeat < 2)).toEqual(of(first, name));
    }
    const other = await evaluate(set, all(), { random: random(8), ...options });
    expect(other.splits).not.toEqual(first.splits);
  });

  it("gives every classifier randomness of its own in every repeat", async () => {
    const dice = (name: string): Classifier => ({
      ...nearestNeighbours(),
      name,
      async fit(samples, stream) {
        const model = await nearestNeighbours().fit(samples, stream);
        return { ...model, chosen: { drawn: stream.uniform() } };
      },
    });
    const drawn = async (...names: string[]) => {
      const { fits } = await evaluate(set, names.map(dice), { random: random(), repeats: 2 });
      return Object.fromEntries(
        fits.map(({ classifier, repeat, chosen }) => [`${classifier} ${repeat}`, chosen.drawn]),
      );
    };
    const together = await drawn("a", "b");
    expect(new Set(Object.values(together)).size).toBe(4);
    expect(await drawn("b", "a")).toEqual(together);
    expect(together).toMatchObject(await drawn("b"));
  });

  it("counts a test photo without a face as a wrong answer that nobody gave", async () => {
    const { records } = await evaluate(set, [nearestNeighbours()], { random: random(), repeats: 5 });
    const none = records.filter(({ label }) => label === "Emil");
    expect(none).toHaveLength(5);
    for (const { answer, predicted, score, correct } of none) {
      expect({ answer, predicted, score, correct }).toEqual({
        answer: "none",
        predicted: "",
        score: null,
        correct: false,
      });
    }
  });

  it("keeps to the division of a divided dataset", async () => {
    const divided = dividedSet(set, ({ label }, i) => (i % 3 === 0 && label !== "Dora" ? "test" : "train"));
    const { splits, records, notices } = await evaluate(divided, all(), { random: random(), repeats: 4 });
    const positions = (part: string) =>
      [...divided.photos.keys()].filter((i) => divided.photos[i]!.part === part);
    expect(splits).toEqual([{ train: positions("train"), test: positions("test") }]);
    expect(new Set(records.map(({ repeat }) => repeat))).toEqual(new Set([0]));
    expect(notices[0]).toBe("the dataset is divided: repeats not used");
    const once = await evaluate(divided, all(), { random: random() });
    expect(once.records).toEqual(records);
    expect(once.notices.join()).not.toContain("repeats");
  });

  it("names the people who cannot be measured", async () => {
    const { notices, records } = await evaluate(set, [nearestNeighbours()], { random: random() });
    expect(notices).toEqual([
      "with one photo, only trained on: Dora",
      "no training photo with a face, always answered wrongly: Emil",
    ]);
    expect(records.some(({ label }) => label === "Dora")).toBe(false);
    const plain = await evaluate(syntheticSet({ Ada: "xxx", Björn: "xxx" }), [nearestNeighbours()], {
      random: random(),
    });
    expect(plain.notices).toEqual([]);
  });

  it("keeps `unknown` apart from a wrong name", async () => {
    const strict = cosineThreshold({ threshold: 1 });
    const { records } = await evaluate(set, [strict, linearSvm({ c: 10 })], { random: random(), repeats: 2 });
    const asked = records.filter(({ classifier, answer }) => classifier === "cosine" && answer !== "none");
    expect(asked.length).toBeGreaterThan(0);
    for (const record of asked) {
      expect(record).toMatchObject({ answer: "unknown", predicted: "", correct: false });
      expect(record.score).toBeLessThan(1);
    }
    expect(records.some(({ classifier, answer }) => classifier === "svm" && answer === "unknown")).toBe(
      false,
    );
  });

  const two = syntheticSet({ Ada: "xxx", Björn: "xxx" });
  const strangers = syntheticSet({ Ada: "--", Björn: "xx", Chloé: "xx" });
  it.each([
    ["one person", syntheticSet({ Ada: "xxxx" }), /^one person only: synthetic \(.*two people\)$/],
    ["no face", syntheticSet({ Ada: "--", Björn: "--" }), /^no photo with a face: synthetic \(4 photos/],
    ["no photo", syntheticSet({}), /^no photo with a face: synthetic \(0 photos/],
    [
      "faces of one person",
      syntheticSet({ Ada: "xxx", Björn: "--" }),
      /^faces of one person only: Ada in synthetic /,
    ],
    ["one photo each", syntheticSet({ Ada: "x", Björn: "x" }), /^nothing to test on: /],
    ["no test part", dividedSet(two, () => "train"), /^no test photo in synthetic$/],
    [
      "no face in the training part",
      dividedSet(strangers, ({ label }) => (label === "Ada" ? "train" : "test")),
      /^no photo with a face to learn from in synthetic$/,
    ],
  ])("refuses a dataset with %s", async (_, bad, message) => {
    const answer = evaluate(bad, all(), { random: random() });
    await expect(answer).rejects.toThrow(message);
    await expect(answer).rejects.toMatchObject({ name: "InputError" });
  });

  it("refuses one name for two classifiers, whose records could not be told apart", async () => {
    const twice = [nearestNeighbours({ nNeighbors: 1 }), nearestNeighbours({ nNeighbors: 3 })];
    await expect(evaluate(two, twice, { random: random() })).rejects.toThrow(/^classifier named twice: knn /);
  });
});
