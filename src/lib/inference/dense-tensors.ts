import type { Random } from "../types.js";
import type { DenseLayer } from "./dense-layers.js";
import type { TfjsBackend } from "./tfjs-backend.js";

type Tf = TfjsBackend["tf"];
type Tensor2D = ReturnType<Tf["tensor2d"]>;
type Variable = ReturnType<Tf["variable"]>;

/** A layer while it learns. */
export interface LayerVariables {
  readonly weights: Variable;
  readonly bias: Variable;
}

/** A layer with the weights of Glorot, Bengio (AISTATS 2010), uniform, and no bias. */
export function glorotLayer(tf: Tf, inputs: number, outputs: number, random: Random): LayerVariables {
  const limit = Math.sqrt(6 / (inputs + outputs));
  const values = Float32Array.from({ length: inputs * outputs }, () => limit * (2 * random.uniform() - 1));
  return tf.tidy(() => ({
    weights: tf.variable(tf.tensor2d(values, [inputs, outputs])),
    bias: tf.variable(tf.zeros([outputs])),
  }));
}

/** A row of zeros with a one for each code; tensorflow.js' own refuses a single class. */
export function oneHot(codes: Int32Array, classes: number): Float32Array {
  const rows = new Float32Array(codes.length * classes);
  codes.forEach((code, row) => {
    rows[row * classes + code] = 1;
  });
  return rows;
}

/** Factors for each hidden layer: 0 where a neuron is off, otherwise what keeps the sum as large as it was. */
export function dropoutMasks(
  tf: Tf,
  size: number,
  { hidden, dropout }: { readonly hidden: readonly number[]; readonly dropout: number },
  random: Random,
): Tensor2D[] {
  const on = 1 / (1 - dropout);
  return hidden.map((neurons) => {
    const mask = new Float32Array(size * neurons);
    for (let i = 0; i < mask.length; i++) mask[i] = random.uniform() < dropout ? 0 : on;
    return tf.tensor2d(mask, [size, neurons]);
  });
}

/** The layers' answer before the softmax. */
export function forward(
  tf: Tf,
  x: Tensor2D,
  variables: readonly LayerVariables[],
  masks: readonly Tensor2D[] = [],
): Tensor2D {
  return variables.reduce((input, { weights, bias }, depth) => {
    const sums = product(tf, input, weights as unknown as Tensor2D).add<Tensor2D>(bias);
    if (depth === variables.length - 1) return sums;
    const active = sums.relu<Tensor2D>();
    const mask = masks[depth];
    return mask === undefined ? active : active.mul<Tensor2D>(mask);
  }, x);
}

/**
 * The matrix product, with its gradient written out: tensorflow.js' own multiplies by transposed matrices, for which the
 * WebAssembly backend has only a plain loop; transposing first, and multiplying then, takes a fraction of the time.
 */
export function product(tf: Tf, x: Tensor2D, weights: Tensor2D): Tensor2D {
  const multiply = tf.customGrad((...inputs) => {
    const [left, right, save] = inputs as unknown as [Tensor2D, Tensor2D, (tensors: Tensor2D[]) => void];
    save([left, right]);
    return {
      value: tf.matMul(left, right),
      gradFunc: (dy, saved) => {
        const [a, b] = saved as [Tensor2D, Tensor2D];
        return [tf.matMul(dy as Tensor2D, tf.transpose(b)), tf.matMul(tf.transpose(a), dy as Tensor2D)];
      },
    };
  });
  return multiply(x, weights) as Tensor2D;
}

/** Loss and accuracy of the network as it is. */
export function judge(
  tf: Tf,
  x: Tensor2D,
  variables: readonly LayerVariables[],
  codes: Int32Array,
  classes: number,
): { loss: number; accuracy: number } {
  let logits: Float32Array = new Float32Array(0);
  // Not as the result of tidy, which would look for tensors among all these numbers.
  tf.tidy(() => {
    logits = forward(tf, x, variables).dataSync() as Float32Array;
  });
  let loss = 0;
  let right = 0;
  codes.forEach((code, row) => {
    const start = row * classes;
    let best = 0;
    for (let i = 1; i < classes; i++) if (logits[start + i]! > logits[start + best]!) best = i;
    let sum = 0;
    for (let i = 0; i < classes; i++) sum += Math.exp(logits[start + i]! - logits[start + best]!);
    loss += Math.log(sum) + logits[start + best]! - logits[start + code]!;
    if (best === code) right++;
  });
  return { loss: loss / codes.length, accuracy: right / codes.length };
}

/** The weights as they are, out of tensorflow.js. */
export function read({ weights, bias }: LayerVariables, inputs: number, outputs: number): DenseLayer {
  // Copies: the backend may hand out its own memory.
  return {
    inputs,
    outputs,
    weights: Float32Array.from(weights.dataSync()),
    bias: Float32Array.from(bias.dataSync()),
  };
}
