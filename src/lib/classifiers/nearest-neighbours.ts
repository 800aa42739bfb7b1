import { InputError, requireInteger } from "../errors.js";
import type { Classifier, Embedding, Model, ModelJson } from "../types.js";
import { unitVector } from "../unit-vector.js";
import { modelJson, stateReader } from "./model-json.js";
import { argmax, requireEmbedding, trainingSet } from "./training-set.js";
import { dot } from "./vector-operations.js";

/** Hyper-parameters of {@link nearestNeighbours}. */
export interface NearestNeighboursOptions {
  /** How many training faces vote, >= 1; at most all that there are. @default 5 */
  readonly nNeighbors?: number;
  /** One vote each, or votes of 1 / distance; at distance 0 only the identical faces vote. @default "uniform" */
  readonly weights?: "uniform" | "distance";
  /** 1 - cosine similarity, or the Euclidean distance of the embeddings as they are. @default "cosine" */
  readonly metric?: "cosine" | "euclidean";
}

/**
 * The k nearest training faces vote, by exact search; votes, weights and ties as in scikit-learn's `KNeighborsClassifier`.
 *
 * Probabilities are shares of the vote, and the share is the prediction's score; of people with equal votes the first in
 * `labels` is predicted. Of faces at equal distances around the k-th place those of the first label are in.
 * With fewer than `nNeighbors` training faces all of them vote; `chosen.nNeighbors` says how many do.
 *
 * Cover, Hart: Nearest neighbor pattern classification, IEEE Transactions on Information Theory 13, 1967.
 * @throws InputError on an option out of its range.
 */
export function nearestNeighbours({
  nNeighbors = 5,
  weights = "uniform",
  metric = "cosine",
}: NearestNeighboursOptions = {}): Classifier {
  requireInteger("nNeighbors", nNeighbors, 1);
  if (weights !== "uniform" && weights !== "distance") {
    throw new InputError(`invalid weights: ${weights} (must be uniform or distance)`);
  }
  if (metric !== "cosine" && metric !== "euclidean") {
    throw new InputError(`invalid metric: ${metric} (must be cosine or euclidean)`);
  }
  return {
    name: "knn",
    params: { nNeighbors, weights, metric },
    async fit(samples) {
      const set = trainingSet(samples, { normalize: metric === "cosine" });
      return neighboursModel({ ...set, k: Math.min(nNeighbors, set.size), weights, metric });
    },
  };
}

interface Neighbours {
  readonly labels: readonly string[];
  readonly dimensions: number;
  /** Training faces, row-major; unit vectors where the metric is cosine. */
  readonly rows: Float64Array;
  readonly codes: Int32Array;
  /** How many vote. */
  readonly k: number;
  readonly weights: "uniform" | "distance";
  readonly metric: "cosine" | "euclidean";
}

function neighboursModel(learned: Neighbours): Model {
  const { labels, dimensions, rows, codes, k, weights, metric } = learned;
  const cosine = metric === "cosine";
  const distance = cosine ? cosineDistance : euclideanDistance;

  const predictProba = (embedding: Embedding): Float64Array => {
    requireEmbedding(embedding, dimensions);
    const query = cosine ? unitVector(embedding) : Float64Array.from(embedding);
    const distances = new Float64Array(k).fill(Number.POSITIVE_INFINITY);
    const people = new Int32Array(k);
    for (let row = 0; row < codes.length; row++) {
      const d = distance(query, rows, row * dimensions);
      let place = k;
      while (place > 0 && d < distances[place - 1]!) place--;
      if (place === k) continue;
      distances.copyWithin(place + 1, place, k - 1);
      people.copyWithin(place + 1, place, k - 1);
      distances[place] = d;
      people[place] = codes[row]!;
    }
    const votes = new Float64Array(labels.length);
    const identical = distances[0] === 0;
    let sum = 0;
    for (let i = 0; i < k; i++) {
      const d = distances[i]!;
      const vote = weights === "uniform" ? 1 : identical ? Number(d === 0) : 1 / d;
      votes[people[i]!] = votes[people[i]!]! + vote;
      sum += vote;
    }
    return votes.map((vote) => vote / sum);
  };
  return {
    labels,
    dimensions,
    chosen: { nNeighbors: k },
    predictProba,
    predict(embedding) {
      const probabilities = predictProba(embedding);
      const person = argmax(probabilities);
      return { kind: "person", label: labels[person]!, score: probabilities[person]! };
    },
    toJSON() {
      return modelJson("knn", this, { rows, codes, nNeighbors: k, weights, metric });
    },
  };
}

/** The other way round of the model's `toJSON`. */
export function loadNearestNeighbours(json: ModelJson): Model {
  const { labels, dimensions } = json;
  const state = stateReader(json);
  const codes = state.codes("codes");
  return neighboursModel({
    labels,
    dimensions,
    codes,
    rows: state.numbers("rows", codes.length * dimensions),
    k: requireInteger("nNeighbors in a model", state.number("nNeighbors"), 1, codes.length),
    weights: state.choice("weights", ["uniform", "distance"]),
    metric: state.choice("metric", ["cosine", "euclidean"]),
  });
}

/** Of unit vectors. What is below the rounding of 32-bit embeddings is no distance: 1 / 1e-16 would outvote an equal face. */
function cosineDistance(query: Float64Array, rows: Float64Array, start: number): number {
  const d = 1 - dot(query, 0, rows, start, query.length);
  return d < 1e-12 ? 0 : d;
}

function euclideanDistance(query: Float64Array, rows: Float64Array, start: number): number {
  let sum = 0;
  for (let i = 0; i < query.length; i++) {
    const difference = query[i]! - rows[start + i]!;
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}
