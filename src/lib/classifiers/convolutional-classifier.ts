import { InputError, requireInteger, requireNumber } from "../errors.js";
import { trainConvolutionalNetwork } from "../inference/convolutional-network.js";
import type { Classifier, Embedding, Prediction } from "../types.js";
import { argmax, requireEmbedding, trainingSet } from "./training-set.js";

/** Hyper-parameters of {@link convolutionalClassifier}. */
export interface ConvolutionalClassifierOptions {
  /** Filters of each convolution, 3 x 3, each followed by a mean over 2 x 2 pixels. @default [16, 32] */
  readonly filters?: readonly number[];
  /** Neurons of the dense layer before the softmax, >= 1. @default 64 */
  readonly hidden?: number;
  /** Passes over the training photos, >= 1. @default 60 */
  readonly epochs?: number;
  /** Photos per step, >= 1. @default 32 */
  readonly batchSize?: number;
  /** Adam's step, > 0. @default 0.001 */
  readonly learningRate?: number;
  /** Share of the dense layer's neurons that is switched off in a step, [0, 1). @default 0.5 */
  readonly dropout?: number;
}

/**
 * A small convolutional network that learns from the pixels of the faces and nothing else, as a first attempt often does: far too few
 * photos for it, which is the lesson. It is made for the embedder `colour-pixels`, and no key of `classifiers`.
 * The probability is a prediction's score. `chosen` of the model: the `loss` of each epoch. Models cannot be saved.
 * @throws InputError on an option out of its range; `fit`, where the numbers are no square picture in colour whose side can be
 *   halved once for each convolution, or the training diverges.
 */
export function convolutionalClassifier({
  filters = [16, 32],
  hidden = 64,
  epochs = 60,
  batchSize = 32,
  learningRate = 0.001,
  dropout = 0.5,
}: ConvolutionalClassifierOptions = {}): Classifier {
  if (filters.length === 0) throw new InputError("invalid filters: none (name at least one convolution)");
  for (const count of filters) requireInteger("filters", count, 1);
  requireInteger("hidden", hidden, 1);
  requireInteger("epochs", epochs, 1);
  requireInteger("batchSize", batchSize, 1);
  requireNumber("learningRate", learningRate, 0, 1);
  if (!(dropout >= 0 && dropout < 1)) {
    throw new InputError(`invalid dropout: ${dropout} (must be a number >= 0 and < 1)`);
  }
  const params = { filters: [...filters], hidden, epochs, batchSize, learningRate, dropout };
  return {
    name: "cnn",
    params,
    embedder: "colour-pixels",
    async fit(samples, random) {
      const { rows, codes, labels, dimensions } = trainingSet(samples, { normalize: false });
      const side = Math.sqrt(dimensions / CHANNELS);
      if (!Number.isInteger(side) || side % 2 ** filters.length !== 0) {
        throw new InputError(
          `invalid pictures: ${dimensions} numbers each (must be side x side x 3, side a multiple of ${2 ** filters.length})`,
        );
      }
      const network = await trainConvolutionalNetwork(
        { inputs: Float32Array.from(rows), codes },
        { ...params, side, channels: CHANNELS, classes: labels.length, random },
      );
      const predictProba = (picture: Embedding): Float64Array => {
        requireEmbedding(picture, dimensions);
        return network.predictProba(picture);
      };
      return {
        labels,
        dimensions,
        chosen: { loss: network.loss.map((value) => Number(value.toFixed(4))) },
        predictProba,
        predict(picture): Prediction {
          const probabilities = predictProba(picture);
          const best = argmax(probabilities);
          return { kind: "person", label: labels[best] as string, score: probabilities[best] as number };
        },
      };
    },
  };
}

const CHANNELS = 3;
