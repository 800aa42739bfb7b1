import type { Answer } from "./answers.js";
import type { LabelsOptions } from "./confusion-matrix.js";
import { precisionRecallFscoreSupport } from "./precision-recall-fscore-support.js";

/**
 * Mean of the F1 scores of all labels, in 0..1 (scikit-learn's `f1_score(average="macro", zero_division=0)`). A label that was
 * only predicted counts as 0. `unknown` is no label: scikit-learn gives the same number when told `labels` without it.
 * @throws InputError as `confusionMatrix`.
 */
export function macroF1(
  truth: readonly string[],
  predicted: readonly Answer[],
  options: LabelsOptions = {},
): number {
  const all = precisionRecallFscoreSupport(truth, predicted, options);
  return all.reduce((sum, { f1Score }) => sum + f1Score, 0) / all.length;
}
