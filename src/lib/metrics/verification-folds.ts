import { InputError } from "../errors.js";

/** How alike two photos are, and whether they show one person. */
export interface ScoredPair {
  /** Larger is more alike. */
  readonly score: number;
  readonly same: boolean;
}

/** One fold of {@link verificationFolds}. */
export interface VerificationFold {
  /** Chosen on all other folds: pairs that score at least this are taken for one person. */
  readonly threshold: number;
  /** Whether the answer is right, pair by pair. */
  readonly correct: readonly boolean[];
  /** Part of right answers, in 0..1. */
  readonly accuracy: number;
}

/**
 * Verification with the threshold of each fold chosen on the others: the protocol of LFW's View 2 (image-restricted).
 *
 * Huang, Ramesh, Berg & Learned-Miller: Labeled Faces in the Wild, 2007, section III. The threshold is the one with the most right answers,
 * half-way between two scores; of several the highest.
 * @param folds at least two, none empty.
 * @throws InputError on too few folds, an empty one, or a score that is not finite.
 */
export function verificationFolds(folds: readonly (readonly ScoredPair[])[]): VerificationFold[] {
  if (folds.length < 2) throw new InputError(`invalid folds: ${folds.length} (must be at least 2)`);
  for (const [i, fold] of folds.entries()) {
    if (fold.length === 0) throw new InputError(`invalid fold: number ${i + 1} is empty`);
    const wrong = fold.find(({ score }) => !Number.isFinite(score));
    if (wrong !== undefined) throw new InputError(`invalid score: ${wrong.score} (must be finite)`);
  }
  return folds.map((fold, i) => {
    const threshold = bestThreshold(folds.filter((_, j) => j !== i).flat());
    const correct = fold.map(({ score, same }) => score >= threshold === same);
    return { threshold, correct, accuracy: correct.filter(Boolean).length / correct.length };
  });
}

function bestThreshold(pairs: readonly ScoredPair[]): number {
  const sorted = [...pairs].sort((a, b) => b.score - a.score);
  // Above all scores nothing is accepted: all strangers are right.
  let right = sorted.filter(({ same }) => !same).length;
  let best = { right, threshold: sorted[0]!.score + 1 };
  for (const [i, { score, same }] of sorted.entries()) {
    right += same ? 1 : -1;
    const next = sorted[i + 1]?.score ?? score - 1;
    if (next < score && right > best.right) best = { right, threshold: (score + next) / 2 };
  }
  return best.threshold;
}
