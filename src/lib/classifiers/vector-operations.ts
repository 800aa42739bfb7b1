/**
 * Dot product of `length` numbers, from positions in two flat arrays. Four sums side by side, because each addition would
 * otherwise wait for the one before: it takes less than half the time.
 */
export function dot(
  a: Float64Array,
  aStart: number,
  b: Float64Array,
  bStart: number,
  length: number,
): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    s0 += a[aStart + i]! * b[bStart + i]!;
    s1 += a[aStart + i + 1]! * b[bStart + i + 1]!;
    s2 += a[aStart + i + 2]! * b[bStart + i + 2]!;
    s3 += a[aStart + i + 3]! * b[bStart + i + 3]!;
  }
  for (; i < length; i++) s0 += a[aStart + i]! * b[bStart + i]!;
  return s0 + s1 + (s2 + s3);
}

/** Adds `factor` times `length` numbers of `x`, from a position on, to those at the start of `y`; unrolled for the same reason. */
export function axpy(factor: number, x: Float64Array, xStart: number, y: Float64Array, length: number): void {
  let i = 0;
  for (; i + 3 < length; i += 4) {
    y[i] = y[i]! + factor * x[xStart + i]!;
    y[i + 1] = y[i + 1]! + factor * x[xStart + i + 1]!;
    y[i + 2] = y[i + 2]! + factor * x[xStart + i + 2]!;
    y[i + 3] = y[i + 3]! + factor * x[xStart + i + 3]!;
  }
  for (; i < length; i++) y[i] = y[i]! + factor * x[xStart + i]!;
}
