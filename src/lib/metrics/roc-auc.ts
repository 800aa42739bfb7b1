import type { RocPoint } from "./roc-curve.js";

/**
 * Area under the ROC, in 0..1: how often a pair of one person scores higher than a pair of strangers, equal scores counting half
 * (scikit-learn's `roc_auc_score`).
 * @param curve of `rocCurve`.
 */
export function rocAuc(curve: readonly RocPoint[]): number {
  let area = 0;
  for (const [i, { far, tar }] of curve.entries()) {
    const before = curve[i - 1];
    if (before !== undefined) area += ((far - before.far) * (tar + before.tar)) / 2;
  }
  return area;
}
