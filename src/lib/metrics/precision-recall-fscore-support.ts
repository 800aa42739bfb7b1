import type { Answer } from "./answers.js";
import { confusionMatrix, type LabelsOptions } from "./confusion-matrix.js";

/** Scores in 0..1 and the number of samples that they are about. */
export interface Scores {
  /** Of the samples given this name, the part that deserved it. */
  readonly precision: number;
  /** Of this person's samples, the part that was found. */
  readonly recall: number;
  /** Harmonic mean of the two. */
  readonly f1Score: number;
  /** Samples of this person. */
  readonly support: number;
}

/** The scores of one person. */
export interface LabelScores extends Scores {
  readonly label: string;
}

/**
 * Precision, recall and F1 of every label (scikit-learn's `precision_recall_fscore_support`, beta = 1, `zero_division=0`: what
 * has nothing to divide by is 0). An answer that names nobody costs recall, and nobody's precision.
 * @returns one entry for each label of truth or answers, sorted, or for each of `labels` in their order.
 * @throws InputError as {@link confusionMatrix}.
 */
export function precisionRecallFscoreSupport(
  truth: readonly string[],
  predicted: readonly Answer[],
  options: LabelsOptions = {},
): LabelScores[] {
  const { labels, counts, unknown } = confusionMatrix(truth, predicted, options);
  const named = labels.map((_, column) => counts.reduce((sum, row) => sum + row[column]!, 0));
  return labels.map((label, i) => {
    const support = counts[i]!.reduce((sum, count) => sum + count, unknown[i]!);
    return { label, ...scores(counts[i]![i]!, named[i]!, support) };
  });
}

/**
 * @param hits samples rightly given the name.
 * @param named samples given the name.
 * @param support samples that deserve it.
 */
export function scores(hits: number, named: number, support: number): Scores {
  return {
    precision: named === 0 ? 0 : hits / named,
    recall: support === 0 ? 0 : hits / support,
    f1Score: named + support === 0 ? 0 : (2 * hits) / (named + support),
    support,
  };
}
