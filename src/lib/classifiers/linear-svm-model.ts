import type { Embedding, Model, ModelJson, Params } from "../types.js";
import { unitVector } from "../unit-vector.js";
import { modelJson, stateReader } from "./model-json.js";
import { decisionValues, type Planes } from "./one-vs-rest.js";
import { logProbability, type Sigmoid } from "./platt-scaling.js";
import { softmax } from "./softmax.js";
import { argmax, requireEmbedding } from "./training-set.js";

/** A linear support vector machine that has learned. */
export interface LinearSvmModel extends Model {
  /** One plane per person, people x dimensions, row-major; of the scaled embeddings where `normalize` is set. */
  readonly coef: Float64Array;
  /** One per person. */
  readonly intercept: Float64Array;
  /** Decision value of each label, > 0 on the person's side of their plane. @throws InputError as `predictProba`. */
  decisionFunction(embedding: Embedding): Float64Array;
}

/** Squashes decision values where no sigmoid was fitted. */
export const UNFITTED: Sigmoid = { a: -1, b: 0 };

/** Where there is one person only: everything lies on their side. */
export function planeOfOne(dimensions: number): Planes {
  return { coef: new Float64Array(dimensions), intercept: Float64Array.of(1) };
}

/** Puts a model together from what was learned; `score` of its predictions is the probability. */
export function linearSvmModel(
  kind: string,
  learned: Planes & {
    readonly labels: readonly string[];
    readonly dimensions: number;
    readonly normalize: boolean;
    readonly sigmoid: Sigmoid;
  },
  chosen: Params,
): LinearSvmModel {
  const { labels, dimensions, normalize, sigmoid, coef, intercept } = learned;
  const decisionFunction = (embedding: Embedding): Float64Array => {
    requireEmbedding(embedding, dimensions);
    return decisionValues(learned, normalize ? unitVector(embedding) : Float64Array.from(embedding));
  };
  // p / sum(p), by way of logarithms: far from everybody all p may be too small for a number.
  const probabilities = (decisions: Float64Array): Float64Array =>
    softmax(decisions.map((decision) => logProbability(sigmoid, decision)));
  return {
    labels,
    dimensions,
    chosen,
    coef,
    intercept,
    decisionFunction,
    predictProba: (embedding) => probabilities(decisionFunction(embedding)),
    predict(embedding) {
      const decisions = decisionFunction(embedding);
      const person = argmax(decisions);
      return { kind: "person", label: labels[person]!, score: probabilities(decisions)[person]! };
    },
    toJSON() {
      return modelJson(kind, this, {
        coef,
        intercept,
        normalize,
        sigmoidA: sigmoid.a,
        sigmoidB: sigmoid.b,
      });
    },
  };
}

/** The other way round of the model's `toJSON`. */
export function loadLinearSvm(json: ModelJson): LinearSvmModel {
  const { kind, labels, dimensions, chosen } = json;
  const state = stateReader(json);
  return linearSvmModel(
    kind,
    {
      labels,
      dimensions,
      coef: state.numbers("coef", labels.length * dimensions),
      intercept: state.numbers("intercept", labels.length),
      normalize: state.boolean("normalize"),
      sigmoid: { a: state.number("sigmoidA"), b: state.number("sigmoidB") },
    },
    chosen,
  );
}
