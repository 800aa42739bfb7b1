import { rankOf } from "../metrics/top-k-accuracy.js";
import type { Embedding, Model, Prediction } from "../types.js";
import type { Face } from "./evaluation-splits.js";

/** What a classifier said of one test photo. */
export interface ModelAnswer {
  /** `none`: no face was found, so that no classifier was asked; it counts as wrong among all photos. */
  readonly answer: "person" | "unknown" | "none";
  /** Empty unless the answer is a person. */
  readonly predicted: string;
  /** The prediction's score; null where there is none. */
  readonly score: number | null;
  /** Of the most probable person, whether the answer names them or not; null where no face was found. */
  readonly probability: number | null;
  /** Of the true person; 0 for one of whom no face was learned; null where no face was found. */
  readonly trueProbability: number | null;
  /** 1 where the true person is the most probable one; null for one of whom no face was learned, and where none was found. */
  readonly trueRank: number | null;
  readonly correct: boolean;
}

/** The record of a photo without a face. */
export const NOT_ASKED: ModelAnswer = {
  answer: "none",
  predicted: "",
  score: null,
  correct: false,
  probability: null,
  trueProbability: null,
  trueRank: null,
};

/** What a model says of a face, beside who it is. */
export function modelAnswer(
  { label }: Face,
  prediction: Prediction,
  model: Model,
  embedding: Embedding,
): ModelAnswer {
  const predicted = prediction.kind === "person" ? prediction.label : "";
  const probabilities = model.predictProba(embedding);
  const own = model.labels.indexOf(label);
  return {
    answer: prediction.kind,
    predicted,
    score: prediction.score,
    correct: prediction.kind === "person" && predicted === label,
    probability: Math.max(...probabilities),
    trueProbability: own < 0 ? 0 : (probabilities[own] as number),
    trueRank: own < 0 ? null : rankOf(probabilities, own),
  };
}
