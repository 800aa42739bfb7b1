import { convolutionalClassifier, createRandom, InputError, type Sample } from "facelab";
import { describe, expect, it } from "vitest";
import { loadTfjs } from "../../src/lib/dist/inference/tfjs-backend.js";

const SIDE = 8;

/** A bright bar, standing or lying, somewhere in noise: no pixel alone tells which. */
function bars(count: number, seed: number): Sample[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, i) => {
    const standing = i % 2 === 0;
    const place = 1 + random.integer(SIDE - 2);
    const embedding = Float32Array.from({ length: SIDE * SIDE * 3 }, (_, at) => {
      const [x, y] = [Math.floor(at / 3) % SIDE, Math.floor(at / 3 / SIDE)];
      return ((standing ? x : y) === place ? 0.8 : 0.1) + 0.2 * random.uniform();
    });
    return { embedding, label: standing ? "standing" : "lying" };
  });
}

const small = { filters: [4, 8], hidden: 16, epochs: 25, batchSize: 8, learningRate: 0.01, dropout: 0.2 };

describe("convolutionalClassifier", () => {
  it("learns what only neighbouring pixels tell, and says it of new pictures", async () => {
    const model = await convolutionalClassifier(small).fit(bars(60, 1), createRandom(0));
    const asked = bars(40, 2);
    const right = asked.filter(({ embedding, label }) => {
      const answer = model.predict(embedding);
      return answer.kind === "person" && answer.label === label;
    });
    expect(right.length).toBeGreaterThanOrEqual(36);
    const probabilities = model.predictProba(asked[0]!.embedding);
    expect(probabilities[0]! + probabilities[1]!).toBeCloseTo(1, 5);
    const loss = model.chosen.loss as number[];
    expect(loss).toHaveLength(small.epochs);
    expect(loss.at(-1)!).toBeLessThan(0.5 * loss[0]!);
  }, 60_000);

  it("comes out the same with the same seed, other with another, and leaves no tensor behind", async () => {
    const { tf } = await loadTfjs();
    const [samples, classifier] = [bars(16, 3), convolutionalClassifier({ ...small, epochs: 2 })];
    const fitted = async (seed: number) => {
      const model = await classifier.fit(samples, createRandom(seed));
      return [...model.predictProba(samples[0]!.embedding)];
    };
    const first = await fitted(1);
    const before = tf.memory().numTensors;
    expect(await fitted(1)).toEqual(first);
    expect(await fitted(2)).not.toEqual(first);
    expect(tf.memory().numTensors).toBe(before);
  }, 60_000);

  it("refuses what is no picture, and options out of range", async () => {
    const samples = (length: number): Sample[] =>
      ["a", "b"].map((label) => ({ label, embedding: new Float32Array(length).fill(0.5) }));
    const classifier = convolutionalClassifier(small);
    await expect(classifier.fit(samples(128), createRandom(0))).rejects.toThrow(
      new InputError("invalid pictures: 128 numbers each (must be side x side x 3, side a multiple of 4)"),
    );
    await expect(classifier.fit(samples(6 * 6 * 3), createRandom(0))).rejects.toThrow("side a multiple of 4");
    expect(() => convolutionalClassifier({ dropout: 1 })).toThrow("invalid dropout: 1");
    expect(() => convolutionalClassifier({ filters: [] })).toThrow("invalid filters: none");
    const model = await convolutionalClassifier({ ...small, epochs: 1 }).fit(samples(192), createRandom(0));
    expect(() => model.predict(new Float32Array(5))).toThrow("invalid embedding: length 5 (must be 192)");
  });
});
