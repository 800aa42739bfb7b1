import { InputError, requireInteger, requireNumber } from "../errors.js";
import { type DenseNetwork, trainDenseNetwork } from "../inference/dense-network.js";
import type { Classifier, Params, Random, Sample } from "../types.js";
import { inputScale, type NetworkInput, scaledInput } from "./softmax-network-input.js";
import type { LearnedNetwork } from "./softmax-network-json.js";
import { type SoftmaxNetworkModel, softmaxNetworkModel } from "./softmax-network-model.js";
import { validationRows } from "./softmax-network-validation.js";
import { selectRows, type TrainingSet, trainingSet } from "./training-set.js";

/** Hyper-parameters of {@link softmaxNetwork}. */
export interface SoftmaxNetworkOptions {
  /** Neurons of the hidden layers, each >= 1. @default [128, 128] */
  readonly hidden?: readonly number[];
  /** Passes over the training part, at most where `earlyStopping` is set, >= 1. @default 100 */
  readonly epochs?: number;
  /**
   * Stop after so many epochs, >= 1, in which the validation part's loss did not fall by 0.001 in all, and go back to the
   * smallest; `false`: keep the last epoch's weights. Where nobody can be held out it is the training part's loss. @default 8
   */
  readonly earlyStopping?: number | false;
  /** Share of the photos that is held out and never learned from, [0, 1); nobody's last photo is. @default 0.2 */
  readonly validationSplit?: number;
  /** Adam's step, > 0. @default 0.005 */
  readonly learningRate?: number;
  /** Photos per step, >= 1. @default 64 */
  readonly batchSize?: number;
  /** Share of each hidden layer's neurons that is switched off in a step, [0, 1). @default 0.2 */
  readonly dropout?: number;
  /**
   * What the network sees: embeddings as they are (`none`), scaled to length 1 (`l2`), or those with each number's mean and
   * deviation in the training part taken out (`standard`). @default "standard"
   */
  readonly normalize?: NetworkInput;
}

/** What {@link softmaxNetwork} returns: a classifier whose models show their weights and how they were learned. */
export interface SoftmaxNetwork extends Classifier {
  /** All options, with the defaults filled in. */
  readonly options: CompleteSoftmaxNetworkOptions;
  fit(samples: readonly Sample[], random: Random): Promise<SoftmaxNetworkModel>;
}

/**
 * A neural network of dense layers, by default three: two hidden ones with ReLU and a softmax over the people; trained in
 * tensorflow.js by Adam on categorical cross-entropy, see dense-network.ts.
 *
 * Part of each person's photos is held out as validation part. It decides when to stop; the weights of its smallest loss are
 * the model. The numbers of a unit vector of 128 are about 0.1, and a network that starts with small weights needs hundreds of
 * epochs to tell them apart; standardised they are about 1.
 *
 * The probability is a prediction's score. `chosen` of the model: `epochs` run, `bestEpoch`, `heldOut` photos,
 * the `engine`, and the learning curve in four decimals: `loss`, `accuracy`, `valLoss`, `valAccuracy` (empty where no
 * photo could be held out). The same seed gives the same model on the same engine.
 * @param name what results and saved models call it.
 * @throws InputError on an option out of its range; `fit`, where the training diverges.
 */
export function softmaxNetwork(
  {
    hidden = [128, 128],
    epochs = 100,
    earlyStopping = 8,
    validationSplit = 0.2,
    learningRate = 0.005,
    batchSize = 64,
    dropout = 0.2,
    normalize = "standard",
  }: SoftmaxNetworkOptions = {},
  name = "softmax",
): SoftmaxNetwork {
  const options = {
    hidden: [...hidden],
    epochs,
    earlyStopping,
    validationSplit,
    learningRate,
    batchSize,
    dropout,
    normalize,
  };
  requireOptions(options);
  return {
    name,
    params: options,
    options,
    async fit(samples, random) {
      const { learned, chosen } = await fitSoftmaxNetwork(networkSet(samples, normalize), options, random);
      return softmaxNetworkModel(name, learned, chosen);
    },
  };
}

/**
 * The network of many walkthroughs as they have it: 10 epochs in batches of 32 at Adam's usual step, a fifth held out, no early
 * stopping, embeddings as unit vectors. It is stopped long before it has learned; its low accuracy is the lesson.
 * @throws InputError as {@link softmaxNetwork}.
 */
export function tenEpochSoftmax({
  hidden = [128, 64],
  epochs = 10,
  earlyStopping = false,
  validationSplit = 0.2,
  learningRate = 0.001,
  batchSize = 32,
  dropout = 0,
  normalize = "l2",
}: SoftmaxNetworkOptions = {}): SoftmaxNetwork {
  return softmaxNetwork(
    { hidden, epochs, earlyStopping, validationSplit, learningRate, batchSize, dropout, normalize },
    "softmax-10",
  );
}

/** All options, with their defaults filled in. */
export type CompleteSoftmaxNetworkOptions = Required<SoftmaxNetworkOptions>;

/** The samples as the network of these options takes them. */
export function networkSet(samples: readonly Sample[], normalize: NetworkInput): TrainingSet {
  return trainingSet(samples, { normalize: normalize !== "none" });
}

/** Trains on rows of {@link networkSet}. People of `labels` who have no row there are in the softmax, and get about nothing. */
export async function fitSoftmaxNetwork(
  set: TrainingSet,
  options: CompleteSoftmaxNetworkOptions,
  random: Random,
): Promise<{ learned: LearnedNetwork; chosen: Params }> {
  const { labels, dimensions } = set;
  const held = validationRows(set.codes, options.validationSplit, random.fork("validation"));
  const isHeld = new Set(held);
  const training = selectRows(
    set,
    Int32Array.from(set.codes.keys()).filter((row) => !isHeld.has(row)),
  );
  const input = inputScale(training, options.normalize);
  const data = ({ rows, codes, size }: TrainingSet) => {
    const inputs = new Float32Array(rows.length);
    for (let row = 0; row < size; row++) {
      const start = row * dimensions;
      inputs.set(scaledInput(rows.subarray(start, start + dimensions), input), start);
    }
    return { inputs, codes };
  };
  const network = await trainDenseNetwork(
    data(training),
    held.length > 0 ? data(selectRows(set, held)) : undefined,
    { ...options, dimensions, classes: labels.length, random },
  );

  const { layers, history } = network;
  const learned = { labels, dimensions, normalize: options.normalize, input, layers, history };
  return { learned, chosen: summary(network, held.length) };
}

function summary({ history, bestEpoch, engine }: DenseNetwork, heldOut: number): Params {
  const curve = (values: readonly number[]): number[] => values.map((value) => Number(value.toFixed(4)));
  return {
    epochs: history.loss.length,
    bestEpoch,
    heldOut,
    engine,
    loss: curve(history.loss),
    accuracy: curve(history.accuracy),
    valLoss: curve(history.valLoss),
    valAccuracy: curve(history.valAccuracy),
  };
}

function requireOptions(options: CompleteSoftmaxNetworkOptions): void {
  if (options.hidden.length === 0) {
    throw new InputError("invalid hidden: [] (must hold at least one integer >= 1)");
  }
  for (const neurons of options.hidden) requireInteger("hidden", neurons, 1);
  requireInteger("epochs", options.epochs, 1);
  if (options.earlyStopping !== false) requireInteger("earlyStopping", options.earlyStopping, 1);
  requireInteger("batchSize", options.batchSize, 1);
  requireNumber("learningRate", options.learningRate, 0);
  requireShare("validationSplit", options.validationSplit);
  requireShare("dropout", options.dropout);
  if (!["none", "l2", "standard"].includes(options.normalize)) {
    throw new InputError(`invalid normalize: ${options.normalize} (must be none, l2 or standard)`);
  }
}

function requireShare(name: string, value: number): void {
  if (!(value >= 0 && value < 1)) {
    throw new InputError(`invalid ${name}: ${value} (must be a number >= 0 and < 1)`);
  }
}
