import { InputError, requireInteger } from "../errors.js";
import { normalQuantile } from "./normal-quantile.js";

/** A range of the true proportion, both ends in 0..1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Confidence interval of a proportion, e.g. of the accuracy on one split: unlike `p +- 1.96 s` it is right near 0 and 1 and for
 * small n. The samples are taken to be independent.
 *
 * Wilson: Probable inference, the law of succession, and statistical inference, JASA 22, 1927; without continuity correction.
 * @param successes in 0..n.
 * @param n at least 1.
 * @param level in (0, 1).
 * @throws InputError on values out of range.
 */
export function wilsonInterval(successes: number, n: number, level = 0.95): Interval {
  requireInteger("n", n, 1);
  requireInteger("successes", successes, 0, n);
  if (!(level > 0 && level < 1)) throw new InputError(`invalid level: ${level} (must be in (0, 1))`);
  const z = -normalQuantile((1 - level) / 2);
  const p = successes / n;
  const centre = (p + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = ((z / n) * Math.sqrt(n * p * (1 - p) + (z * z) / 4)) / (1 + (z * z) / n);
  // At the ends rounding would leave 1e-18 of an exact 0 or 1.
  return {
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === n ? 1 : Math.min(1, centre + half),
  };
}
