import { InputError, requireInteger } from "../errors.js";
import { requireAnswers } from "./answers.js";
import { labelPositions, positionOf } from "./label-positions.js";

/**
 * Part of the samples whose true label is among the k best scored, in 0..1 (scikit-learn's `top_k_accuracy_score`).
 *
 * Of labels with equal scores the later one counts as better, as in scikit-learn; of two labels the earlier one, since
 * there scikit-learn asks whether the second one's score is greater than 0.5.
 * @param truth n labels, each of them in `labels`.
 * @param scores n rows; larger is surer, in the order of `labels`.
 * @param labels distinct; all that the model knows, sorted if ties are to fall as in scikit-learn.
 * @param k how many guesses are granted, >= 1; 1 is the accuracy of the best score, and from `labels.length` on the result is 1.
 * @throws InputError on no labels, lists of different lengths, a label that is not in `labels`, or a score that is not finite.
 */
export function topKAccuracy(
  truth: readonly string[],
  scores: readonly ArrayLike<number>[],
  labels: readonly string[],
  k = 5,
): number {
  requireAnswers(truth, scores, "scores");
  requireInteger("k", k, 1);
  const positions = labelPositions(labels);
  let hits = 0;
  for (const [i, label] of truth.entries()) {
    const row = scores[i]!;
    if (row.length !== labels.length) {
      throw new InputError(
        `invalid scores: row ${i} has ${row.length} (must be ${labels.length}, one a label)`,
      );
    }
    for (let j = 0; j < row.length; j++) {
      if (!Number.isFinite(row[j])) {
        throw new InputError(`invalid scores: ${row[j]} in row ${i} (must be finite)`);
      }
    }
    if (rankOf(row, positionOf(positions, label)) <= k) hits++;
  }
  return hits / truth.length;
}

/** Place of one of some finite scores, 1 for the best; of equal ones as in {@link topKAccuracy}. */
export function rankOf(scores: ArrayLike<number>, own: number): number {
  const laterWins = scores.length !== 2;
  let better = 0;
  for (let j = 0; j < scores.length; j++) {
    const wins = j > own ? laterWins : !laterWins;
    if (scores[j]! > scores[own]! || (j !== own && scores[j] === scores[own] && wins)) better++;
  }
  return better + 1;
}
