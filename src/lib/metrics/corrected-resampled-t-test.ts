import { InputError, requireNumber } from "../errors.js";
import { meanAndDeviation } from "./mean-and-deviation.js";
import { studentTSurvival } from "./student-t-survival.js";

/** The outcome of {@link correctedResampledTTest}. */
export interface TTest {
  /** Mean of the differences. */
  readonly mean: number;
  /** Student's t; infinite where all differences are equal and not 0. */
  readonly statistic: number;
  /** Number of differences - 1. */
  readonly degreesOfFreedom: number;
  /** Two-sided, in 0..1. */
  readonly pValue: number;
}

/** Differences of scores that are nearer than this differ by rounding alone. */
const rounding = 1e-12;

/**
 * Compares two classifiers over repeated random splits of one dataset. The training sets overlap, so that the usual paired t-test
 * takes the same luck for evidence again and again; here the variance is (1 / n + testSize / trainSize) s^2 instead of s^2 / n.
 *
 * Nadeau, Bengio: Inference for the generalization error, Machine Learning 52, 2003.
 *
 * Differences that are all equal (within 1e-12) leave no variance: p = 1 where they are 0, and p = 0 with an infinite t
 * where they are not.
 * @param differences score of one classifier minus score of the other, one for each repeat, at least 2.
 * @param trainSize samples in a training set (their mean, where the splits differ).
 * @param testSize samples in a test set.
 * @throws InputError on fewer than 2 differences, one that is not finite, or sizes that are not > 0.
 */
export function correctedResampledTTest(
  differences: readonly number[],
  trainSize: number,
  testSize: number,
): TTest {
  requireNumber("trainSize", trainSize, 0);
  requireNumber("testSize", testSize, 0);
  const n = differences.length;
  if (n < 2) throw new InputError(`invalid differences: ${n} (must be at least 2)`);
  const wrong = differences.find((difference) => !Number.isFinite(difference));
  if (wrong !== undefined) throw new InputError(`invalid difference: ${wrong} (must be finite)`);
  const { mean, deviation } = meanAndDeviation(differences);
  const degreesOfFreedom = n - 1;
  if (Math.max(...differences) - Math.min(...differences) <= rounding) {
    const none = Math.abs(mean) <= rounding;
    const statistic = none ? 0 : Math.sign(mean) * Number.POSITIVE_INFINITY;
    return { mean, statistic, degreesOfFreedom, pValue: none ? 1 : 0 };
  }
  const statistic = mean / (deviation * Math.sqrt(1 / n + testSize / trainSize));
  const pValue = 2 * studentTSurvival(Math.abs(statistic), degreesOfFreedom);
  return { mean, statistic, degreesOfFreedom, pValue };
}
