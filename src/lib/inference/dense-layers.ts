/** A fully connected layer: `output = input * weights + bias`. */
export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** inputs x outputs, row-major. */
  readonly weights: Float32Array;
  /** One per output. */
  readonly bias: Float32Array;
}

/**
 * What the layers answer, before the softmax, in double precision and without tensorflow.js.
 * @param input as long as the first layer's `inputs`.
 */
export function denseLogits(layers: readonly DenseLayer[], input: ArrayLike<number>): Float64Array {
  let values = Float64Array.from(input);
  layers.forEach(({ weights, bias, outputs }, depth) => {
    const next = Float64Array.from(bias);
    values.forEach((value, i) => {
      if (value === 0) return;
      const start = i * outputs;
      for (let j = 0; j < outputs; j++) next[j] = next[j]! + value * weights[start + j]!;
    });
    values = depth < layers.length - 1 ? next.map((value) => Math.max(value, 0)) : next;
  });
  return values;
}
