import type { Embedding, Model, Params } from "../types.js";
import { unitVector } from "./l2-normalizer.js";
import type { SoftmaxNetworkModel } from "./softmax-network-model.js";
import { argmax, requireEmbedding, type TrainingSet } from "./training-set.js";
import { nearestPerPerson } from "./two-stage-gate-similarity.js";

/** What both stages say about a face. */
export interface GateStages {
  /** Whom the network picks. */
  readonly label: string;
  /** The network's probability of that person. */
  readonly probability: number;
  /** Cosine similarity to that person's nearest training face. */
  readonly cosine: number;
}

/** A gate that has learned. */
export interface TwoStageGateModel extends Model {
  /** What the two thresholds are compared with. @throws InputError as `predict`. */
  stages(embedding: Embedding): GateStages;
}

/** Puts a model together from what was learned. @param learned without `limits` nobody is unknown. */
export function twoStageGateModel(
  {
    network,
    faces,
    limits,
  }: {
    readonly network: SoftmaxNetworkModel;
    readonly faces: TrainingSet;
    readonly limits: { readonly probability: number; readonly cosine: number } | undefined;
  },
  chosen: Params,
): TwoStageGateModel {
  const { labels, dimensions } = network;
  const similarities = nearestPerPerson(faces);
  const stages = (embedding: Embedding): GateStages => {
    requireEmbedding(embedding, dimensions);
    const probabilities = network.predictProba(embedding);
    const person = argmax(probabilities);
    const cosine = similarities(unitVector(embedding))[person]!;
    return { label: labels[person]!, probability: probabilities[person]!, cosine };
  };
  return {
    labels,
    dimensions,
    chosen,
    stages,
    predictProba: network.predictProba,
    predict(embedding) {
      const { label, probability, cosine: score } = stages(embedding);
      const passes = !limits || (probability >= limits.probability && score >= limits.cosine);
      return passes ? { kind: "person", label, score } : { kind: "unknown", score };
    },
  };
}
