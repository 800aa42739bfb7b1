import type { Classifier, Embedding, Model, ModelJson } from "../types.js";
import { modelJson, stateReader } from "./model-json.js";
import { argmax, requireEmbedding, trainingSet } from "./training-set.js";

/**
 * Always the person with the most training photos, whatever the face: the accuracy that says nothing was learned
 * (scikit-learn's `DummyClassifier(strategy="prior")`). Of people with equally many it is the first by code point.
 * Probabilities are the shares of the training photos, and the share is the prediction's score.
 */
export function majority(): Classifier {
  return {
    name: "majority",
    params: {},
    async fit(samples) {
      const { labels, dimensions, codes } = trainingSet(samples, { normalize: false });
      const counts = new Float64Array(labels.length);
      for (const person of codes) counts[person] = counts[person]! + 1;
      return majorityModel(labels, dimensions, counts);
    },
  };
}

function majorityModel(labels: readonly string[], dimensions: number, counts: Float64Array): Model {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const person = argmax(counts);
  const predictProba = (embedding: Embedding): Float64Array => {
    requireEmbedding(embedding, dimensions);
    return counts.map((count) => count / total);
  };
  return {
    labels,
    dimensions,
    chosen: { label: labels[person]! },
    predictProba,
    predict: (embedding) => ({
      kind: "person",
      label: labels[person]!,
      score: predictProba(embedding)[person]!,
    }),
    toJSON() {
      return modelJson("majority", this, { counts });
    },
  };
}

/** The other way round of the model's `toJSON`. */
export function loadMajority(json: ModelJson): Model {
  return majorityModel(json.labels, json.dimensions, stateReader(json).numbers("counts", json.labels.length));
}
