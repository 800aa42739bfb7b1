import { InputError } from "../errors.js";

/**
 * The two-sided p-value of the hypothesis that a difference is 0, from the differences in bootstrap resamples: the largest level whose
 * percentile interval still reaches 0. Resamples in which the difference is 0 speak for both sides, and one more is counted on each, so that
 * it is never below 2 / (resamples + 1).
 *
 * Davison & Hinkley: Bootstrap Methods and their Application, 1997, chapters 4 and 5.
 * @param differences one for each resample, at least one.
 * @returns in (0, 1].
 * @throws InputError on no differences, or one that is not finite.
 */
export function bootstrapPValue(differences: readonly number[]): number {
  if (differences.length === 0) throw new InputError("invalid differences: 0 (must be at least one)");
  const wrong = differences.find((difference) => !Number.isFinite(difference));
  if (wrong !== undefined) throw new InputError(`invalid difference: ${wrong} (must be finite)`);
  const below = differences.filter((difference) => difference <= 0).length;
  const above = differences.filter((difference) => difference >= 0).length;
  return Math.min(1, (2 * (1 + Math.min(below, above))) / (differences.length + 1));
}
