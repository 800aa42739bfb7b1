import type { Embedding } from "./types.js";

/**
 * Scales a vector to Euclidean length 1 (scikit-learn's `Normalizer`); the zero vector stays zero.
 * @param embedding any length, finite numbers; it is not changed.
 */
export function l2Normalize(embedding: Embedding): Embedding {
  return Float32Array.from(unitVector(embedding));
}

/** The same in double precision, for what is computed on: classifiers never round to 32 bits in between. */
export function unitVector(vector: ArrayLike<number>): Float64Array {
  const unit = Float64Array.from(vector);
  let sum = 0;
  for (const value of unit) sum += value * value;
  if (sum === 0) return unit;
  const norm = Math.sqrt(sum);
  for (let i = 0; i < unit.length; i++) unit[i] = unit[i]! / norm;
  return unit;
}
