import { InputError } from "../errors.js";

/**
 * Adjusts p-values for being several, so that with any true hypotheses the chance of rejecting one of them wrongly stays below
 * the level that the adjusted values are compared with. Valid whatever their dependence, and never weaker than Bonferroni.
 *
 * Holm: A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 1979.
 * @param pValues in 0..1, in any order; none is answered with none.
 * @returns the adjusted values in the same order, in 0..1.
 * @throws InputError on a value that is not in 0..1.
 */
export function holm(pValues: readonly number[]): number[] {
  const wrong = pValues.findIndex((p) => !(p >= 0 && p <= 1));
  if (wrong >= 0) throw new InputError(`invalid p-value: ${pValues[wrong]} (must be in 0..1)`);
  const order = pValues.map((_, i) => i).sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Array<number>(pValues.length);
  let highest = 0;
  for (const [rank, i] of order.entries()) {
    highest = Math.min(1, Math.max(highest, (pValues.length - rank) * pValues[i]!));
    adjusted[i] = highest;
  }
  return adjusted;
}
