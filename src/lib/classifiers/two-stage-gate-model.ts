import type { Embedding, Model, ModelJson, Params } from "../types.js";
import { unitVector } from "../unit-vector.js";
import { modelJson, stateReader } from "./model-json.js";
import { type GalleryFaces, nearestPerPerson } from "./nearest-per-person.js";
import { type LearnedNetwork, networkState, readNetwork } from "./softmax-network-json.js";
import { softmaxNetworkModel } from "./softmax-network-model.js";
import { argmax, requireEmbedding } from "./training-set.js";

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
    learned,
    faces,
    limits,
  }: {
    readonly learned: LearnedNetwork;
    readonly faces: GalleryFaces;
    readonly limits: { readonly probability: number; readonly cosine: number } | undefined;
  },
  chosen: Params,
): TwoStageGateModel {
  const network = softmaxNetworkModel("gate", learned, chosen);
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
    toJSON() {
      return modelJson("gate", this, {
        ...networkState(learned),
        rows: faces.rows,
        codes: faces.codes,
        rejection: limits !== undefined,
        minProbability: limits?.probability ?? 0,
        minCosine: limits?.cosine ?? -1,
      });
    },
  };
}

/** The other way round of the model's `toJSON`. */
export function loadTwoStageGate(json: ModelJson): TwoStageGateModel {
  const { labels, dimensions, chosen } = json;
  const state = stateReader(json);
  const codes = state.codes("codes");
  const rows = state.numbers("rows", codes.length * dimensions);
  const limits = { probability: state.number("minProbability"), cosine: state.number("minCosine") };
  return twoStageGateModel(
    {
      learned: readNetwork(json),
      faces: { labels, dimensions, codes, rows, size: codes.length },
      limits: state.boolean("rejection") ? limits : undefined,
    },
    chosen,
  );
}
