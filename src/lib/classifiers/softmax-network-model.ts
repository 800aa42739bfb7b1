import { type DenseLayer, denseLogits } from "../inference/dense-layers.js";
import type { DenseHistory } from "../inference/dense-network.js";
import type { Embedding, Model, ModelJson, Params } from "../types.js";
import { unitVector } from "../unit-vector.js";
import { modelJson } from "./model-json.js";
import { softmax } from "./softmax.js";
import { type InputScale, scaledInput } from "./softmax-network-input.js";
import { type LearnedNetwork, networkState, readNetwork } from "./softmax-network-json.js";
import { argmax, requireEmbedding } from "./training-set.js";

/** A softmax network that has learned. */
export interface SoftmaxNetworkModel extends Model {
  /** The learning curve. */
  readonly history: DenseHistory;
  readonly layers: readonly DenseLayer[];
  /** What is done to an embedding before the first layer, after it was scaled to length 1 unless `normalize` was `none`. */
  readonly input: InputScale;
  /** What the softmax makes probabilities of, one for each label. @throws InputError as `predictProba`. */
  logits(embedding: Embedding): Float64Array;
}

/** Puts a model together from what was learned; tensorflow.js has no part in its answers. @param kind the classifier's name. */
export function softmaxNetworkModel(
  kind: string,
  learned: LearnedNetwork,
  chosen: Params,
): SoftmaxNetworkModel {
  const { labels, dimensions, history, layers, input, normalize } = learned;
  const logits = (embedding: Embedding): Float64Array => {
    requireEmbedding(embedding, dimensions);
    const vector = normalize === "none" ? embedding : unitVector(embedding);
    return denseLogits(layers, scaledInput(vector, input));
  };
  const probabilities = (embedding: Embedding): Float64Array => softmax(logits(embedding));
  return {
    labels,
    dimensions,
    chosen,
    history,
    layers,
    input,
    logits,
    predictProba: probabilities,
    predict(embedding) {
      const shares = probabilities(embedding);
      const person = argmax(shares);
      return { kind: "person", label: labels[person]!, score: shares[person]! };
    },
    toJSON() {
      return modelJson(kind, this, networkState(learned));
    },
  };
}

/** The other way round of the model's `toJSON`. */
export function loadSoftmaxNetwork(json: ModelJson): SoftmaxNetworkModel {
  return softmaxNetworkModel(json.kind, readNetwork(json), json.chosen);
}
