import { InputError } from "../errors.js";
import type { ScoredPair } from "./verification-folds.js";

/** One point of {@link rocCurve}: what happens where pairs that score at least `threshold` are taken for one person. */
export interface RocPoint {
  readonly threshold: number;
  /** Pairs of strangers that are taken for one person. */
  readonly falseAccepts: number;
  /** Pairs of one person that are taken for it. */
  readonly trueAccepts: number;
  /** False accepts among all pairs of strangers, in 0..1 (false accept rate). */
  readonly far: number;
  /** True accepts among all pairs of one person, in 0..1 (true accept rate, 1 - FRR). */
  readonly tar: number;
}

/**
 * The receiver operating characteristic of verification: a point for each score, the largest first, after one at which nothing is accepted.
 * Equal scores are one point (scikit-learn's `roc_curve` with `drop_intermediate=False`).
 * @param pairs with at least one of one person and one of strangers.
 * @throws InputError where either is missing, or on a score that is not finite.
 */
export function rocCurve(pairs: readonly ScoredPair[]): RocPoint[] {
  const same = pairs.filter((pair) => pair.same).length;
  const strangers = pairs.length - same;
  if (same === 0 || strangers === 0) {
    throw new InputError(`invalid pairs: ${same} of one person, ${strangers} of strangers (both are needed)`);
  }
  const wrong = pairs.find(({ score }) => !Number.isFinite(score));
  if (wrong !== undefined) throw new InputError(`invalid score: ${wrong.score} (must be finite)`);
  const sorted = [...pairs].sort((a, b) => b.score - a.score);
  const points: RocPoint[] = [
    { threshold: Number.POSITIVE_INFINITY, falseAccepts: 0, trueAccepts: 0, far: 0, tar: 0 },
  ];
  let [falseAccepts, trueAccepts] = [0, 0];
  for (const [i, { score, same: isSame }] of sorted.entries()) {
    if (isSame) trueAccepts++;
    else falseAccepts++;
    if (sorted[i + 1]?.score === score) continue;
    points.push({
      threshold: score,
      falseAccepts,
      trueAccepts,
      far: falseAccepts / strangers,
      tar: trueAccepts / same,
    });
  }
  return points;
}
