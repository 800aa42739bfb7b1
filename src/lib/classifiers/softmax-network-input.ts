import type { TrainingSet } from "./training-set.js";

/** What a network sees of an embedding; see `SoftmaxNetworkOptions.normalize`. */
export type NetworkInput = "none" | "l2" | "standard";

/** `(embedding - mean) * factor`, number by number. */
export interface InputScale {
  readonly mean: Float64Array;
  readonly factor: Float64Array;
}

/** A number that hardly varies is centred only: dividing by its deviation would make something of rounding errors. */
const SMALLEST_DEVIATION = 1e-6;

/** Learns each number's mean and deviation (scikit-learn's `StandardScaler`) where the input is `standard`. */
export function inputScale({ rows, size, dimensions }: TrainingSet, normalize: NetworkInput): InputScale {
  const mean = new Float64Array(dimensions);
  const factor = new Float64Array(dimensions).fill(1);
  if (normalize !== "standard") return { mean, factor };
  for (let i = 0; i < rows.length; i++) {
    const column = i % dimensions;
    mean[column] = mean[column]! + rows[i]! / size;
  }
  const variance = new Float64Array(dimensions);
  for (let i = 0; i < rows.length; i++) {
    const column = i % dimensions;
    variance[column] = variance[column]! + (rows[i]! - mean[column]!) ** 2 / size;
  }
  variance.forEach((value, column) => {
    const deviation = Math.sqrt(value);
    if (deviation > SMALLEST_DEVIATION) factor[column] = 1 / deviation;
  });
  return { mean, factor };
}

/** Scales one vector. */
export function scaledInput(vector: ArrayLike<number>, { mean, factor }: InputScale): Float64Array {
  return mean.map((value, i) => (vector[i]! - value) * factor[i]!);
}
