import { type Answer, requireAnswers } from "./answers.js";

/**
 * Part of the answers that are right, in 0..1 (scikit-learn's `accuracy_score`). An answer that names nobody is wrong.
 * @throws InputError on no labels or lists of different lengths.
 */
export function accuracy(truth: readonly string[], predicted: readonly Answer[]): number {
  requireAnswers(truth, predicted);
  return truth.filter((label, i) => label === predicted[i]).length / truth.length;
}
