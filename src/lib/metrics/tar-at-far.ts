import { requireNumber } from "../errors.js";
import type { RocPoint } from "./roc-curve.js";

/** With fewer false accepts than these to be expected, a rate is a matter of one or two pairs. */
const FEWEST_EXPECTED = 3;

/** See {@link tarAtFar}. */
export interface TarAtFar {
  /** In 0..1. */
  readonly tar: number;
  /** Pairs that score at least this are accepted; infinite where nothing can be. */
  readonly threshold: number;
  /** Whether there are enough pairs of strangers to say so: at least three false accepts are to be expected among them. */
  readonly sufficient: boolean;
}

/**
 * The true accept rate at the lowest threshold whose false accept rate is at most `far`; nothing is interpolated.
 * @param curve of `rocCurve`.
 * @param far in (0, 1].
 * @throws InputError on `far` out of range.
 */
export function tarAtFar(curve: readonly RocPoint[], far: number): TarAtFar {
  requireNumber("far", far, 0, 1);
  const last = curve.at(-1)!;
  const point = curve.findLast((one) => one.far <= far)!;
  // 3,000 pairs at a rate of 1e-3 are three, whatever a product of floating-point numbers says.
  const expected = last.falseAccepts * far;
  return { tar: point.tar, threshold: point.threshold, sufficient: expected > FEWEST_EXPECTED * (1 - 1e-9) };
}
