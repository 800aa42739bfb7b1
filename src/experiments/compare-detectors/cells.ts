/** A share as a percentage, or a dash where there is none. */
export function percent(part: number, digits = 1): string {
  return Number.isFinite(part) ? (100 * part).toFixed(digits) : "-";
}

/** A difference of two shares in points, with its sign. */
export function points(difference: number, digits = 2): string {
  const text = (100 * difference).toFixed(digits);
  if (!Number.isFinite(difference)) return "-";
  return Number(text) === 0 ? (0).toFixed(digits) : difference > 0 ? `+${text}` : text;
}

/** A whole number. */
export function count(value: number): string {
  return String(value);
}

/** A p-value as tables show it: `.036`, `< .001`. */
export function probability(p: number): string {
  return p < 0.001 ? "< .001" : p.toFixed(3).replace(/^0/, "");
}
