import { type Answer, requireAnswers } from "./answers.js";
import { distinctLabels, labelPositions, positionOf } from "./label-positions.js";

export interface LabelsOptions {
  /** The labels to report, in this order; every label that occurs must be among them. @default those that occur, sorted */
  readonly labels?: readonly string[];
}

/** Who was taken for whom. */
export interface ConfusionMatrix {
  /** Of the rows and the columns. */
  readonly labels: readonly string[];
  /** `counts[t][p]`: samples of the person `labels[t]` that were given the name `labels[p]`. */
  readonly counts: readonly (readonly number[])[];
  /** For each row the samples that were given no name: the column that a classifier with `unknown` needs beside the square. */
  readonly unknown: readonly number[];
}

/**
 * Counts the answers by true label and answer (scikit-learn's `confusion_matrix`, with `unknown` kept apart: it is an answer,
 * not a person).
 * @param truth n labels.
 * @param predicted n answers, `null` for `unknown`.
 * @throws InputError on no labels, lists of different lengths, or a label that is not in `labels` (scikit-learn drops those).
 */
export function confusionMatrix(
  truth: readonly string[],
  predicted: readonly Answer[],
  options: LabelsOptions = {},
): ConfusionMatrix {
  requireAnswers(truth, predicted);
  const labels =
    options.labels ?? distinctLabels([...truth, ...predicted.filter((answer) => answer !== null)]);
  const positions = labelPositions(labels);
  const counts = labels.map(() => new Array<number>(labels.length).fill(0));
  const unknown = new Array<number>(labels.length).fill(0);
  for (const [i, label] of truth.entries()) {
    const row = positionOf(positions, label);
    const answer = predicted[i]!;
    if (answer === null) unknown[row]!++;
    else counts[row]![positionOf(positions, answer)]!++;
  }
  return { labels: [...labels], counts, unknown };
}
