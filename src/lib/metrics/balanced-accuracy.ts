import type { Answer } from "./answers.js";
import { precisionRecallFscoreSupport } from "./precision-recall-fscore-support.js";

/**
 * Mean over the people in the truth of the part of their samples that was recognised, in 0..1 (scikit-learn's
 * `balanced_accuracy_score`): someone with 3 photos counts as much as someone with 300.
 * @throws InputError on no labels or lists of different lengths.
 */
export function balancedAccuracy(truth: readonly string[], predicted: readonly Answer[]): number {
  const present = precisionRecallFscoreSupport(truth, predicted).filter(({ support }) => support > 0);
  return present.reduce((sum, { recall }) => sum + recall, 0) / present.length;
}
