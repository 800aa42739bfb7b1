/**
 * Mean and sample standard deviation (n - 1) of some numbers, as in "98.1 +- 0.4".
 * @returns the deviation is NaN for a single number, both are for none: there is nothing to estimate it from.
 */
export function meanAndDeviation(values: readonly number[]): { mean: number; deviation: number } {
  if (values.length === 0) return { mean: Number.NaN, deviation: Number.NaN };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
