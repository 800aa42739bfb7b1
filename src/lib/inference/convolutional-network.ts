import { InputError } from "../errors.js";
import type { Random } from "../types.js";
import type { DenseData } from "./dense-network.js";
import { dropoutMasks, glorotLayer, type LayerVariables, oneHot, product } from "./dense-tensors.js";
import { loadTfjs, type TfjsBackend } from "./tfjs-backend.js";

type Tf = TfjsBackend["tf"];
type Tensor2D = ReturnType<Tf["tensor2d"]>;
type Tensor4D = ReturnType<Tf["tensor4d"]>;

/** How {@link trainConvolutionalNetwork} learns. */
export interface ConvolutionalOptions {
  /** Width and height of a picture in pixels, a multiple of 2 to the number of `filters`. */
  readonly side: number;
  readonly channels: number;
  readonly classes: number;
  /** Of each convolution, 3 x 3, with ReLU and a mean over 2 x 2 pixels after it. */
  readonly filters: readonly number[];
  /** Neurons of the dense layer before the softmax. */
  readonly hidden: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Share of the dense layer's neurons that is switched off in a step, [0, 1). */
  readonly dropout: number;
  /** Its streams `weights`, `order` and `dropout` are the only randomness. */
  readonly random: Random;
}

/** A network that has been trained. */
export interface ConvolutionalNetwork {
  /** Mean cross-entropy of each epoch's steps. */
  readonly loss: readonly number[];
  /** Probabilities of the classes for one picture. */
  predictProba(input: ArrayLike<number>): Float64Array;
}

/**
 * Trains a small convolutional network in tensorflow.js by Adam on categorical cross-entropy, and leaves no tensor behind; every
 * picture is shown as it is or mirrored, at random. The convolutions are products of matrices: the WebAssembly backend has
 * no kernel for the gradient of a convolution's filters.
 * @param train pictures as rows of side x side x channels.
 * @throws InputError where the loss or a weight is no number any more.
 */
export async function trainConvolutionalNetwork(
  train: DenseData,
  options: ConvolutionalOptions,
): Promise<ConvolutionalNetwork> {
  const { tf } = await loadTfjs();
  const { side, channels, classes, hidden, epochs, batchSize, learningRate, dropout, random } = options;
  const weights = random.fork("weights");
  const order = random.fork("order");
  const noise = random.fork("dropout");
  const depths = [channels, ...options.filters];
  const left = side / 2 ** options.filters.length;
  const layers = [
    ...options.filters.map((filters, i) => glorotLayer(tf, 9 * depths[i]!, filters, weights)),
    glorotLayer(tf, left * left * depths.at(-1)!, hidden, weights),
    glorotLayer(tf, hidden, classes, weights),
  ];
  const optimizer = tf.train.adam(learningRate);
  const both = tf.tidy(() => {
    const pictures = tf.tensor4d(train.inputs, [train.codes.length, side, side, channels]);
    return tf.concat([pictures, tf.reverse4d(pictures, 2)]) as Tensor4D;
  });
  const targets = tf.tensor2d(oneHot(train.codes, classes), [train.codes.length, classes]);
  const loss: number[] = [];
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const rows = order.shuffle([...train.codes.keys()]);
      let sum = 0;
      for (let start = 0; start < rows.length; start += batchSize) {
        const batch = rows.slice(start, start + batchSize);
        const shown = batch.map((row) => row + (order.uniform() < 0.5 ? train.codes.length : 0));
        tf.tidy(() => {
          const x = tf.gather(both, tf.tensor1d(shown, "int32"));
          const y = tf.gather(targets, tf.tensor1d(batch, "int32"));
          const masks =
            dropout > 0 ? dropoutMasks(tf, batch.length, { hidden: [hidden], dropout }, noise) : [];
          const cost = optimizer.minimize(
            () => tf.losses.softmaxCrossEntropy(y, logits(tf, x as Tensor4D, layers, masks[0])),
            true,
          );
          sum += (cost?.dataSync()[0] ?? Number.NaN) * batch.length;
        });
      }
      loss.push(sum / rows.length);
      if (!Number.isFinite(sum)) throw diverged(`loss ${sum} in epoch ${epoch}`, learningRate);
      // Computing in WebAssembly never waits for anything: let others have a turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
    return predictor(tf, layers, options, loss);
  } finally {
    tf.dispose([both, targets, layers.flatMap(({ weights: w, bias }) => [w, bias])]);
    optimizer.dispose();
  }
}

/** The network with weights of its own, outside of tensorflow.js. */
function predictor(
  tf: Tf,
  layers: readonly LayerVariables[],
  { side, channels, epochs, learningRate }: ConvolutionalOptions,
  loss: readonly number[],
): ConvolutionalNetwork {
  const kept = layers.map(({ weights, bias }) => ({
    shape: weights.shape as [number, number],
    weights: Float32Array.from(weights.dataSync()),
    bias: Float32Array.from(bias.dataSync()),
  }));
  // A kernel may take NaN for 0, and the loss look well.
  if (!kept.every(({ weights, bias }) => weights.every(Number.isFinite) && bias.every(Number.isFinite))) {
    throw diverged(`weights that are no numbers in epoch ${epochs}`, learningRate);
  }
  return {
    loss,
    predictProba(input) {
      const probabilities = tf.tidy(() => {
        const x = tf.tensor4d(Float32Array.from(input), [1, side, side, channels]);
        const own = kept.map(({ shape, weights, bias }) => ({
          weights: tf.tensor2d(weights, shape),
          bias: tf.tensor1d(bias),
        }));
        return tf.softmax(logits(tf, x, own));
      });
      try {
        return Float64Array.from(probabilities.dataSync());
      } finally {
        probabilities.dispose();
      }
    },
  };
}

/** The network's answer before the softmax: convolutions, one dense layer, the last layer. */
function logits(
  tf: Tf,
  x: Tensor4D,
  layers: readonly { readonly weights: unknown; readonly bias: unknown }[],
  mask?: Tensor2D,
): Tensor2D {
  const affine = (input: Tensor2D, layer: number): Tensor2D =>
    product(tf, input, layers[layer]!.weights as Tensor2D).add<Tensor2D>(layers[layer]!.bias as Tensor2D);
  let picture = x;
  for (let layer = 0; layer < layers.length - 2; layer++) {
    const [size, side] = picture.shape;
    const sums = affine(neighbourhoods(tf, picture), layer);
    const active = tf.relu(sums).reshape([size, side, side, -1]) as Tensor4D;
    picture = tf.avgPool(active, 2, 2, "valid");
  }
  const dense = tf.relu(affine(picture.reshape([picture.shape[0], -1]) as Tensor2D, layers.length - 2));
  return affine(mask === undefined ? dense : dense.mul<Tensor2D>(mask), layers.length - 1);
}

/** The 3 x 3 pixels about every pixel, zeros outside of the picture: a row for each pixel. */
function neighbourhoods(tf: Tf, picture: Tensor4D): Tensor2D {
  const [size, side, , channels] = picture.shape;
  const padded = tf.pad4d(picture, [
    [0, 0],
    [1, 1],
    [1, 1],
    [0, 0],
  ]);
  const places = [0, 1, 2].flatMap((y) => [0, 1, 2].map((x) => [0, y, x, 0] as const));
  const shifted = places.map((begin) => tf.slice4d(padded, [...begin], [size, side, side, channels]));
  return tf.concat(shifted, 3).reshape([-1, 9 * channels]) as Tensor2D;
}

function diverged(how: string, learningRate: number): InputError {
  return new InputError(`training diverged: ${how} (lower learningRate ${learningRate})`);
}
