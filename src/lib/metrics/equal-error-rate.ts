import type { RocPoint } from "./roc-curve.js";

/** See {@link equalErrorRate}. */
export interface EqualErrorRate {
  /** In 0..1. */
  readonly rate: number;
  /** The threshold there; between two points of the curve it is interpolated like the rate, and never above the first score. */
  readonly threshold: number;
}

/**
 * The rate at which as many strangers are accepted as people of one pair are refused: where FAR = FRR on the ROC, straight between its
 * points. Of several such places the one with the highest threshold.
 * @param curve of `rocCurve`.
 */
export function equalErrorRate(curve: readonly RocPoint[]): EqualErrorRate {
  // FAR - FRR rises from -1 at the first point to 1 at the last.
  const gap = ({ far, tar }: RocPoint): number => far + tar - 1;
  const i = curve.findIndex((point) => gap(point) >= 0);
  const [before, after] = [curve[i - 1]!, curve[i]!];
  const part = -gap(before) / (gap(after) - gap(before));
  const between = before.threshold + part * (after.threshold - before.threshold);
  return {
    rate: before.far + part * (after.far - before.far),
    threshold: part === 1 || i === 1 ? after.threshold : between,
  };
}
