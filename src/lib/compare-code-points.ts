/**
 * Orders strings by code point, as numpy does: the same on every machine and in every language, unlike localeCompare.
 * JavaScript's `<` orders by UTF-16 unit, which puts an emoji before a full-width letter.
 */
export function compareCodePoints(a: string, b: string): number {
  if (a === b) return 0;
  const left = [...a];
  const right = [...b];
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
