import { InputError, requireInteger } from "../errors.js";
import { quantile } from "./quantile.js";

/** How confidences are put into bins. */
export interface CalibrationBins {
  /** How many, >= 1. @default 15 */
  readonly bins?: number;
  /** `uniform`: all as wide, over 0..1; `quantile`: about as many answers in each. @default "uniform" */
  readonly strategy?: "uniform" | "quantile";
}

/** One bin of {@link calibrationCurve} that is not empty. */
export interface CalibrationBin {
  /** Mean confidence of its answers, 0..1. */
  readonly confidence: number;
  /** Share of its answers that are right, 0..1. */
  readonly right: number;
  /** How many answers there are in it. */
  readonly count: number;
}

/**
 * Of the answers that were given with about the same confidence, how many are right? The points of a reliability diagram: where a
 * confidence is a probability they lie on the diagonal. Bins as in scikit-learn's `calibration_curve`: a value on an edge is in the
 * lower bin, empty bins are left out. (scikit-learn has 5 bins by default; 15 are those of Guo et al.)
 *
 * Niculescu-Mizil, Caruana: Predicting good probabilities with supervised learning, ICML 2005.
 * @param confidences probability of each answer, 0..1.
 * @param right whether it is right.
 * @returns rising in confidence.
 * @throws InputError on no answers, lists of different lengths, a confidence out of range, or an invalid number of bins.
 */
export function calibrationCurve(
  confidences: readonly number[],
  right: readonly boolean[],
  { bins = 15, strategy = "uniform" }: CalibrationBins = {},
): CalibrationBin[] {
  requireInteger("bins", bins, 1);
  if (strategy !== "uniform" && strategy !== "quantile") {
    throw new InputError(`invalid strategy: ${strategy} (must be uniform or quantile)`);
  }
  if (confidences.length === 0 || confidences.length !== right.length) {
    throw new InputError(
      `invalid confidences: ${confidences.length} for ${right.length} answers (must be one for each, and at least one)`,
    );
  }
  const wrong = confidences.find((confidence) => !(confidence >= 0 && confidence <= 1));
  if (wrong !== undefined) throw new InputError(`invalid confidence: ${wrong} (must be in 0..1)`);
  const inner = Array.from({ length: bins - 1 }, (_, i) => (i + 1) * (1 / bins));
  const edges = strategy === "uniform" ? inner : inner.map((part) => quantile(confidences, part));
  const sums = Array.from({ length: bins }, () => ({ confidence: 0, right: 0, count: 0 }));
  for (const [i, confidence] of confidences.entries()) {
    const bin = edges.findIndex((edge) => confidence <= edge);
    const sum = sums.at(bin)!;
    sum.confidence += confidence;
    sum.right += Number(right[i]);
    sum.count++;
  }
  return sums
    .filter(({ count }) => count > 0)
    .map((sum) => ({
      confidence: sum.confidence / sum.count,
      right: sum.right / sum.count,
      count: sum.count,
    }));
}
