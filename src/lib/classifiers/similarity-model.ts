import type { Embedding, Model, ModelJson, Params } from "../types.js";
import { unitVector } from "../unit-vector.js";
import { modelJson, stateReader } from "./model-json.js";
import { softmax } from "./softmax.js";
import { argmax, requireEmbedding } from "./training-set.js";
import { dot } from "./vector-operations.js";

/** What a face is compared with, and how similar is similar enough. */
export interface SimilarityState {
  readonly labels: readonly string[];
  readonly dimensions: number;
  /** Unit vectors, row-major: at least one of each person. */
  readonly rows: Float64Array;
  /** For each row its person, as a position in `labels`. */
  readonly codes: Int32Array;
  readonly threshold: number;
  readonly temperature: number;
}

/**
 * The person of the row with the largest cosine similarity, or `unknown` below the threshold; `predictProba` is the softmax of
 * each person's best similarity divided by the temperature, and does not know the threshold.
 */
export function similarityModel(kind: string, learned: SimilarityState, chosen: Params): Model {
  const { labels, dimensions, rows, codes, threshold, temperature } = learned;
  const similarities = (embedding: Embedding): Float64Array => {
    requireEmbedding(embedding, dimensions);
    const query = unitVector(embedding);
    const best = new Float64Array(labels.length).fill(Number.NEGATIVE_INFINITY);
    for (let row = 0; row < codes.length; row++) {
      const person = codes[row]!;
      best[person] = Math.max(best[person]!, dot(query, 0, rows, row * dimensions, dimensions));
    }
    return best;
  };
  return {
    labels,
    dimensions,
    chosen,
    predictProba: (embedding) => softmax(similarities(embedding).map((s) => s / temperature)),
    predict(embedding) {
      const best = similarities(embedding);
      const person = argmax(best);
      const score = best[person]!;
      return score >= threshold
        ? { kind: "person", label: labels[person]!, score }
        : { kind: "unknown", score };
    },
    toJSON() {
      return modelJson(kind, this, { rows, codes, threshold, temperature });
    },
  };
}

/** The other way round of the model's `toJSON`. */
export function loadSimilarityModel(json: ModelJson): Model {
  const { labels, dimensions, chosen, kind } = json;
  const state = stateReader(json);
  const codes = state.codes("codes");
  const rows = state.numbers("rows", codes.length * dimensions);
  const [threshold, temperature] = [state.number("threshold"), state.number("temperature")];
  return similarityModel(kind, { labels, dimensions, rows, codes, threshold, temperature }, chosen);
}
