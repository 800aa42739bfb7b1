import { requireAnswers } from "./answers.js";
import { labelPositions, positionOf } from "./label-positions.js";
import { requireDistribution } from "./probability-row.js";

/**
 * Mean of -ln(probability of the true label), in 0..36.05 (scikit-learn's `log_loss`); smaller is better, ln(people) is
 * guessing. Probabilities are clipped to eps..1 - eps, eps = 2^-52, and not normalised again, as in scikit-learn 1.9 for 64-bit
 * numbers. A single label, which scikit-learn refuses, gives 0 but for the clipping.
 * @param truth n labels, each of them in `labels`.
 * @param probabilities n rows in the order of `labels`, each summing to 1 (within 3.5e-4, so that 32-bit softmaxes pass).
 * @param labels distinct, in any order (scikit-learn wants them sorted).
 * @throws InputError on no labels, lists of different lengths, a label that is not in `labels`, or a row that is no distribution.
 */
export function logLoss(
  truth: readonly string[],
  probabilities: readonly ArrayLike<number>[],
  labels: readonly string[],
): number {
  requireAnswers(truth, probabilities, "probabilities");
  const positions = labelPositions(labels);
  return meanLogLoss(
    truth.map((label, i) => {
      const row = probabilities[i]!;
      requireDistribution(row, i, labels.length);
      return row[positionOf(positions, label)]!;
    }),
  );
}

/**
 * The same from the probabilities of the true labels alone; someone whom the model does not know has 0.
 * @param probabilities at least one, each in 0..1.
 */
export function meanLogLoss(probabilities: readonly number[]): number {
  const losses = probabilities.map(
    (p) => -Math.log(Math.min(Math.max(p, Number.EPSILON), 1 - Number.EPSILON)),
  );
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
