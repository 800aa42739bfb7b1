/**
 * A number with so many decimals, an exact half rounded to the even neighbour as Python, numpy and pandas print it: 0.125 is
 * 0.12, where `toFixed` says 0.13.
 * @param value in 0..1.
 * @param digits in 0..20.
 */
export function formatFixed(value: number, digits: number): string {
  const rounded = value.toFixed(digits);
  // toFixed is exact, and 40 more decimals tell a half from its neighbours among the doubles.
  const half = /50{39}$/.test(value.toFixed(digits + 40));
  if (!half || Number(rounded.at(-1)) % 2 === 0) return rounded;
  // An exact half: the digits before it are the lower neighbour, which is even where the upper one is odd.
  return value.toFixed(digits + 1).slice(0, digits === 0 ? 1 : -1);
}
