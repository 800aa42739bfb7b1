import { requireAnswers } from "./answers.js";
import { labelPositions, positionOf } from "./label-positions.js";
import { requireDistribution } from "./probability-row.js";

/** How {@link brierScore} is scaled. */
export interface BrierScoreOptions {
  /** Half of it, in 0..1; `auto`: with two labels only, where it is then the usual binary score. @default "auto" */
  readonly scaleByHalf?: boolean | "auto";
}

/**
 * Mean over the answers of the sum over all labels of (probability - truth)^2, the truth being 1 for the true label and 0 for the others
 * (scikit-learn's `brier_score_loss`, 1.7 and later). In 0..2 with three labels or more, in 0..1 with one or two; smaller is better. Being sure
 * and wrong costs the whole of it, and no more: where `logLoss` has no bound, this has one.
 *
 * Brier: Verification of forecasts expressed in terms of probability, Monthly Weather Review 78, 1950.
 * @param truth n labels, each of them in `labels`.
 * @param probabilities n rows in the order of `labels`, each summing to 1 (within 3.5e-4).
 * @param labels distinct, in any order (scikit-learn wants them sorted).
 * @throws InputError as `logLoss`.
 */
export function brierScore(
  truth: readonly string[],
  probabilities: readonly ArrayLike<number>[],
  labels: readonly string[],
  { scaleByHalf = "auto" }: BrierScoreOptions = {},
): number {
  requireAnswers(truth, probabilities, "probabilities");
  const positions = labelPositions(labels);
  let sum = 0;
  for (const [i, label] of truth.entries()) {
    const row = probabilities[i]!;
    requireDistribution(row, i, labels.length);
    sum += squaredError(row, positionOf(positions, label));
  }
  const half = scaleByHalf === "auto" ? labels.length < 3 : scaleByHalf;
  return (sum / truth.length) * (half ? 0.5 : 1);
}

/**
 * What one answer adds to {@link brierScore}, not halved, in 0..2.
 * @param row the probabilities of all labels.
 * @param own position of the true label in it.
 */
export function squaredError(row: ArrayLike<number>, own: number): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += (row[i]! - (i === own ? 1 : 0)) ** 2;
  return sum;
}
