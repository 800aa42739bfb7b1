import { InputError } from "../errors.js";
import type { Random } from "../types.js";
import type { DenseLayer } from "./dense-layers.js";
import { dropoutMasks, forward, glorotLayer, judge, oneHot, read } from "./dense-tensors.js";
import { loadTfjs } from "./tfjs-backend.js";
import type { TfjsEngine } from "./tfjs-engine.js";

/** Vectors with the class of each. */
export interface DenseData {
  /** size x dimensions, row-major. */
  readonly inputs: Float32Array;
  /** size whole numbers in 0..classes - 1. */
  readonly codes: Int32Array;
}

/** The learning curve; position 0 is after the first epoch. */
export interface DenseHistory {
  /** Mean cross-entropy of the training part after each epoch, without dropout. */
  readonly loss: readonly number[];
  /** Share of the training part that is classified correctly. */
  readonly accuracy: readonly number[];
  /** The same on the validation part; empty where there is none. */
  readonly valLoss: readonly number[];
  readonly valAccuracy: readonly number[];
}

export interface DenseOptions {
  readonly dimensions: number;
  readonly classes: number;
  /** Neurons of the hidden layers (ReLU); the last layer is a softmax over the classes. */
  readonly hidden: readonly number[];
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Share of each hidden layer's neurons that is switched off in a step, [0, 1). */
  readonly dropout: number;
  /**
   * Stop after so many epochs in which the loss did not fall by 0.001 in all, and go back to the smallest; `false`: go on to the
   * last epoch, and keep it.
   */
  readonly earlyStopping: number | false;
  /** Its streams `weights`, `order` and `dropout` are the only randomness. */
  readonly random: Random;
}

/** A network that has been trained. */
export interface DenseNetwork {
  readonly layers: readonly DenseLayer[];
  readonly history: DenseHistory;
  /** The epoch, from 1, that the weights are of. */
  readonly bestEpoch: number;
  readonly engine: TfjsEngine;
}

/** A fall of the loss that is worth another epoch: towards 0 it falls for ever, and probabilities only saturate. */
const PROGRESS = 1e-3;

/**
 * Trains dense layers in tensorflow.js by Adam (Kingma, Ba, ICLR 2015) on categorical cross-entropy, and leaves no tensor
 * behind. Weights start as Glorot, Bengio (AISTATS 2010) have them, uniform; biases at 0. The same data, options and `random`
 * give the same network on the same engine; another engine adds in another order and comes out a little different.
 *
 * Early stopping looks at the validation part's loss, at the training part's where there is no validation part.
 * @throws InputError where the loss or a weight is no number any more.
 */
export async function trainDenseNetwork(
  train: DenseData,
  validation: DenseData | undefined,
  options: DenseOptions,
): Promise<DenseNetwork> {
  const { tf, engine } = await loadTfjs();
  const { dimensions, classes, epochs, batchSize, learningRate, dropout, earlyStopping, random } = options;
  const sizes = [dimensions, ...options.hidden, classes];
  const weights = random.fork("weights");
  const order = random.fork("order");
  const noise = random.fork("dropout");

  const variables = sizes.slice(1).map((outputs, i) => glorotLayer(tf, sizes[i]!, outputs, weights));
  const optimizer = tf.train.adam(learningRate);
  const kept = [train, ...(validation ? [validation] : [])].map(({ inputs, codes }) =>
    tf.tensor2d(inputs, [codes.length, dimensions]),
  );
  const targets = tf.tensor2d(oneHot(train.codes, classes), [train.codes.length, classes]);
  const history = { loss: [], accuracy: [], valLoss: [], valAccuracy: [] } as {
    [Curve in keyof DenseHistory]: number[];
  };
  let best = { loss: Number.POSITIVE_INFINITY, epoch: 0, layers: [] as DenseLayer[] };
  let milestone = { loss: Number.POSITIVE_INFINITY, epoch: 0 };
  try {
    for (let epoch = 1; epoch <= epochs; epoch++) {
      const rows = order.shuffle([...train.codes.keys()]);
      for (let start = 0; start < rows.length; start += batchSize) {
        const batch = rows.slice(start, start + batchSize);
        tf.tidy(() => {
          const picked = tf.tensor1d(batch, "int32");
          const x = tf.gather(kept[0]!, picked);
          const y = tf.gather(targets, picked);
          const masks = dropout > 0 ? dropoutMasks(tf, batch.length, options, noise) : [];
          optimizer.minimize(() => {
            const logits = forward(tf, x, variables, masks);
            return tf.losses.softmaxCrossEntropy(y, logits);
          });
        });
      }
      const judged = kept.map((x, i) =>
        judge(tf, x, variables, (i === 0 ? train : validation!).codes, classes),
      );
      for (const [i, { loss, accuracy }] of judged.entries()) {
        if (!Number.isFinite(loss)) {
          throw diverged(`loss ${loss} in epoch ${epoch}`, learningRate);
        }
        (i === 0 ? history.loss : history.valLoss).push(loss);
        (i === 0 ? history.accuracy : history.valAccuracy).push(accuracy);
      }
      const { loss } = judged.at(-1)!;
      if (earlyStopping === false ? epoch === epochs : loss < best.loss) {
        best = { loss, epoch, layers: variables.map((layer, i) => read(layer, sizes[i]!, sizes[i + 1]!)) };
      }
      if (loss < milestone.loss - PROGRESS) milestone = { loss, epoch };
      if (earlyStopping !== false && epoch - milestone.epoch >= earlyStopping) break;
      // Computing in WebAssembly never waits for anything: let others have a turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    tf.dispose([kept, targets, variables.flatMap(({ weights: w, bias }) => [w, bias])]);
    optimizer.dispose();
  }
  // A kernel may take NaN for 0, and the loss look well.
  if (!best.layers.every(({ weights: w, bias }) => w.every(Number.isFinite) && bias.every(Number.isFinite))) {
    throw diverged(`weights that are no numbers in epoch ${best.epoch}`, learningRate);
  }
  return { layers: best.layers, history, bestEpoch: best.epoch, engine };
}

function diverged(how: string, learningRate: number): InputError {
  return new InputError(
    `training diverged: ${how} (normalise the embeddings, or lower learningRate ${learningRate})`,
  );
}
