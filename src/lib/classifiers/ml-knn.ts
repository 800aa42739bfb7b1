import KNN from "ml-knn";
import { requireInteger } from "../errors.js";
import type { Classifier, Embedding, Model, ModelJson } from "../types.js";
import { unitVector } from "../unit-vector.js";
import { modelJson, stateReader } from "./model-json.js";
import { argmax, requireEmbedding, trainingSet } from "./training-set.js";

/** Hyper-parameters of {@link mlKnn}. */
export interface MlKnnOptions {
  /** How many training faces vote, >= 1; at most all that there are. @default 5 */
  readonly nNeighbors?: number;
}

/**
 * The nearest neighbours of the npm package `ml-knn`, by Euclidean distance of unit vectors: the same neighbours as those of
 * `knn`, and the same people but where votes are equal. There the package takes the person who is the first to have so many,
 * in an order of neighbours that is its heap's.
 *
 * Its k-d tree prunes nothing and visits every face at a cost that `knn` does not have, see `estimateSeconds`. Probabilities are
 * shares of the vote. A saved model holds the faces; the tree is built again from them.
 * @throws InputError on an option out of its range.
 */
export function mlKnn({ nNeighbors = 5 }: MlKnnOptions = {}): Classifier {
  requireInteger("nNeighbors", nNeighbors, 1);
  return {
    name: "ml-knn",
    params: { nNeighbors },
    async fit(samples) {
      const set = trainingSet(samples, { normalize: true });
      return mlKnnModel({ ...set, k: Math.min(nNeighbors, set.size) });
    },
    // Measured; see ml-knn.test.ts. Each visit of a face copies its numbers one by one.
    estimateSeconds: ({ samples, dimensions, tests }) =>
      tests * samples * (dimensions + 10) * SECONDS_PER_NUMBER,
  };
}

/** 15 ms a query of 128 numbers among 3,000 faces. */
const SECONDS_PER_NUMBER = 15e-3 / 3000 / 138;

function mlKnnModel({
  labels,
  dimensions,
  rows,
  codes,
  k,
}: {
  readonly labels: readonly string[];
  readonly dimensions: number;
  readonly rows: Float64Array;
  readonly codes: Int32Array;
  readonly k: number;
}): Model {
  const faces = Array.from(codes, (_, row) =>
    Array.from(rows.subarray(row * dimensions, (row + 1) * dimensions)),
  );
  const knn = new KNN(faces, Array.from(codes), { k });
  const unit = (embedding: Embedding): number[] => {
    requireEmbedding(embedding, dimensions);
    return Array.from(unitVector(embedding));
  };
  const shares = (query: readonly number[]): Float64Array => {
    const votes = new Float64Array(labels.length);
    for (const [face] of knn.kdTree.nearest(query, k)) {
      const person = face[dimensions]!;
      votes[person] = votes[person]! + 1;
    }
    return votes.map((count) => count / k);
  };
  return {
    labels,
    dimensions,
    chosen: { nNeighbors: k },
    predictProba: (embedding) => shares(unit(embedding)),
    predict(embedding) {
      const query = unit(embedding);
      const probabilities = shares(query);
      const first = argmax(probabilities);
      const score = probabilities[first]!;
      // Only between equals the package has to be asked, which takes as long again.
      const equals = probabilities.filter((share) => share === score).length;
      return { kind: "person", label: labels[equals === 1 ? first : knn.predict(query)]!, score };
    },
    toJSON() {
      return modelJson("ml-knn", this, { rows, codes, nNeighbors: k });
    },
  };
}

/** The other way round of the model's `toJSON`. */
export function loadMlKnn(json: ModelJson): Model {
  const { labels, dimensions } = json;
  const state = stateReader(json);
  const codes = state.codes("codes");
  return mlKnnModel({
    labels,
    dimensions,
    codes,
    rows: state.numbers("rows", codes.length * dimensions),
    k: requireInteger("nNeighbors in a model", state.number("nNeighbors"), 1, codes.length),
  });
}
