import {
  calibrateScores,
  calibrations,
  createRandom,
  expectedCalibrationError,
  type HeldOutScores,
  InputError,
  innerFolds,
  linearSvm,
} from "facelab";
import { describe, expect, it } from "vitest";
import { blobs, normal } from "./samples.js";

/** Logits whose softmax is the probability by which the answer was drawn; then all times `sharpness`. */
function drawn(count: number, sharpness: number, seed: number): HeldOutScores[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => {
    const logits = Float64Array.from({ length: 5 }, () => 1.5 * normal(random));
    const powers = logits.map(Math.exp);
    let left = random.uniform() * powers.reduce((sum, power) => sum + power, 0);
    let answer = 0;
    while (answer < 4 && left > powers[answer]!) left -= powers[answer++]!;
    return { scores: logits.map((logit) => sharpness * logit), answer };
  });
}

const highest = (values: Float64Array): number => values.indexOf(Math.max(...values));

describe.each(calibrations)("calibrateScores: %s", (calibration) => {
  const toProbabilities = calibrateScores(calibration, drawn(3000, 4, 1));
  const asked = drawn(3000, 4, 2);

  it("makes distributions that keep the order of the people", () => {
    for (const { scores } of asked.slice(0, 200)) {
      const before = Float64Array.from(scores);
      const probabilities = toProbabilities(scores);
      expect(scores).toEqual(before);
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
      const order = [...scores.keys()].sort((a, b) => scores[a]! - scores[b]!);
      const rising = order.map((person) => probabilities[person]!);
      expect(rising.every((p, i) => i === 0 || p >= rising[i - 1]!)).toBe(true);
    }
  });

  it("brings the confidence of other faces near to their share of right answers", () => {
    const right = asked.map(({ scores, answer }) => highest(scores) === answer);
    const confidence = (probabilities: Float64Array): number => probabilities[highest(probabilities)]!;
    const softmax = (scores: Float64Array): Float64Array => {
      const powers = scores.map(Math.exp);
      const sum = powers.reduce((total, power) => total + power, 0);
      return powers.map((power) => power / sum);
    };
    const raw = expectedCalibrationError(
      asked.map(({ scores }) => confidence(softmax(scores))),
      right,
    );
    const calibrated = expectedCalibrationError(
      asked.map(({ scores }) => confidence(toProbabilities(scores))),
      right,
    );
    expect(raw).toBeGreaterThan(0.2);
    // The shape of one curve for all people is not that of a softmax; temperature's is.
    expect(calibrated).toBeLessThan(calibration === "temperature" ? 0.03 : 0.15);
  });

  it("refuses to learn from nothing", () => {
    expect(() => calibrateScores(calibration, [])).toThrow(
      new InputError("invalid held: none (must be at least one)"),
    );
  });
});

it("finds the temperature that the scores were made with", () => {
  const scores = Float64Array.of(8, 0, -4, 4, 2);
  const found = calibrateScores("temperature", drawn(20_000, 4, 3))(scores);
  // ln(p0 / p1) = 8 / T.
  expect(8 / Math.log(found[0]! / found[1]!)).toBeCloseTo(4, 0);
});

it("says the same as the linear SVM's own sigmoid, of its own folds", async () => {
  const samples = blobs({ photos: [6, 6, 6, 6], spread: 0.9, seed: 5 });
  const own = await linearSvm({ c: 1 }).fit(samples, createRandom(1));
  const held: HeldOutScores[] = [];
  for (const { train, test } of innerFolds(samples, createRandom(1))) {
    const part = await linearSvm({ c: 1, probability: false }).fit(
      train.map((i) => samples[i]!),
      createRandom(2),
    );
    for (const i of test) {
      const { embedding, label } = samples[i]!;
      held.push({ scores: part.decisionFunction(embedding), answer: part.labels.indexOf(label) });
    }
  }
  const platt = calibrateScores("platt", held);
  for (const { embedding } of samples) {
    const expected = own.predictProba(embedding);
    // The solver stops at 1e-3.
    platt(own.decisionFunction(embedding)).forEach((p, i) => {
      expect(Math.abs(p - expected[i]!)).toBeLessThan(5e-3);
    });
  }
});

it("spreads isotonic regression's zeros equally where nobody is left", () => {
  const held = [
    { scores: Float64Array.of(1, -1), answer: 0 },
    { scores: Float64Array.of(-1, 1), answer: 1 },
  ];
  const toProbabilities = calibrateScores("isotonic", held);
  expect([...toProbabilities(Float64Array.of(-2, -3))]).toEqual([0.5, 0.5]);
  expect([...toProbabilities(Float64Array.of(2, -3))]).toEqual([1, 0]);
});

it("refuses an unknown calibration", () => {
  expect(() => calibrateScores("beta" as "platt", drawn(5, 1, 1))).toThrow(
    new InputError("unknown calibration: beta (expected platt, isotonic, temperature)"),
  );
});
