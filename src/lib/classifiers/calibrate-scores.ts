import { InputError } from "../errors.js";
import { heightAt, isotonicRegression } from "./isotonic-regression.js";
import { logProbability, plattScaling, rising } from "./platt-scaling.js";
import { softmax } from "./softmax.js";
import { softmaxTemperature } from "./softmax-temperature.js";

/** A face that the classifier was not fitted on: its score for each person, and which of them it is. */
export interface HeldOutScores {
  /** Finite; larger is more likely. */
  readonly scores: Float64Array;
  /** Position of the right person. */
  readonly answer: number;
}

/** The ways of {@link calibrateScores}. */
export const calibrations = ["platt", "isotonic", "temperature"] as const;

/** One of {@link calibrations}. */
export type Calibration = (typeof calibrations)[number];

/**
 * Learns to make probabilities of a classifier's scores (margins, logits), from faces that it was not fitted on. All three keep the
 * order of the people, so that the answers stay the same; isotonic regression may make people equal.
 *
 * - `platt`, `isotonic`: is this the person or not? One curve for all people, since each of them has a handful of photos; what it
 *   says of each person is then divided by the sum, equally where it is 0 for everybody (Zadrozny & Elkan 2002).
 * - `temperature`: softmax(scores / T) with the T of the smallest log-loss (Guo et al. 2017). One number, and no division afterwards.
 * @param held at least one; all with scores for the same people.
 * @returns what turns scores into probabilities that sum to 1.
 * @throws InputError on an unknown calibration or nothing to learn from.
 */
export function calibrateScores(
  calibration: Calibration,
  held: readonly HeldOutScores[],
): (scores: Float64Array) => Float64Array {
  if (held.length === 0) throw new InputError("invalid held: none (must be at least one)");
  if (calibration === "temperature") {
    const questions = held.map(({ scores, answer }) => ({ similarities: scores, answer }));
    const temperature = softmaxTemperature(questions);
    return (scores) => softmax(scores.map((score) => score / temperature));
  }
  const people = held[0]!.scores.length;
  const decisions = new Float64Array(held.length * people);
  const positives = new Uint8Array(held.length * people);
  for (const [i, { scores, answer }] of held.entries()) {
    decisions.set(scores, i * people);
    positives[i * people + answer] = 1;
  }
  if (calibration === "platt") {
    const sigmoid = rising(plattScaling(decisions, positives));
    return (scores) => softmax(scores.map((score) => logProbability(sigmoid, score)));
  }
  if (calibration === "isotonic") {
    const curve = isotonicRegression(decisions, positives);
    return (scores) => shares(scores.map((score) => heightAt(curve, score)));
  }
  throw new InputError(`unknown calibration: ${calibration} (expected ${calibrations.join(", ")})`);
}

function shares(values: Float64Array): Float64Array {
  const sum = values.reduce((total, value) => total + value, 0);
  return sum > 0 ? values.map((value) => value / sum) : values.fill(1 / values.length);
}
