import { InputError } from "../errors.js";

/**
 * The value below which a part of the numbers lies, interpolated between the two nearest: the median is `quantile(values, 0.5)`.
 *
 * Hyndman & Fan: Sample Quantiles in Statistical Packages, American Statistician 50, 1996, type 7, as numpy's default.
 * @param values finite, in any order; they are not changed.
 * @param part in 0..1.
 * @returns NaN of no numbers.
 * @throws InputError on a part out of range or a number that is not finite.
 */
export function quantile(values: readonly number[], part: number): number {
  if (!(part >= 0 && part <= 1)) throw new InputError(`invalid part: ${part} (must be in 0..1)`);
  const wrong = values.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) throw new InputError(`invalid number: ${wrong} (must be finite)`);
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  const place = part * (sorted.length - 1);
  const lower = Math.floor(place);
  const [low, high] = [sorted[lower]!, sorted[Math.min(lower + 1, sorted.length - 1)]!];
  return low + (high - low) * (place - lower);
}
