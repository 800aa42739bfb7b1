import type { Classifier } from "../types.js";
import { unitVector } from "../unit-vector.js";
import { similarityClassifier } from "./similarity-classifier.js";
import type { TrainingSet } from "./training-set.js";
import { axpy, dot } from "./vector-operations.js";

/** Hyper-parameters of {@link cosineMean}. */
export interface CosineMeanOptions {
  /** Smallest cosine similarity at which a face is recognised, -1..1, or `fit`: chosen on the training faces. @default "fit" */
  readonly threshold?: number | "fit";
}

/**
 * The person whose mean face is most similar by cosine similarity, or `unknown` where even that one is not similar enough. The
 * mean is that of the person's unit vectors, scaled to length 1 again.
 *
 * It keeps one vector a person where `cosine` keeps every face, and one bad photo weighs less; a person who looks like two people
 * (with and without a beard) is between both.
 *
 * The threshold comes from the training faces alone, each left out once, see similarity-classifier.ts: as a genuine face it
 * counts with its similarity to the mean of its person's other faces. Probabilities, scores and `chosen` are as in
 * {@link cosineThreshold}.
 * @throws InputError on a threshold out of its range.
 */
export function cosineMean({ threshold = "fit" }: CosineMeanOptions = {}): Classifier {
  return similarityClassifier("cosine-mean", threshold, (set) => {
    const { labels, rows, codes, size, dimensions } = set;
    const sums = sumsOf(set);
    const counts = new Int32Array(labels.length);
    for (const person of codes) counts[person] = counts[person]! + 1;
    const means = new Float64Array(sums.length);
    for (let person = 0; person < labels.length; person++) {
      const start = person * dimensions;
      means.set(direction(sums.subarray(start, start + dimensions), counts[person]!), start);
    }

    const leftOut = Array.from({ length: size }, (_, row) => {
      const own = codes[row]!;
      return Float64Array.from(labels.keys(), (person) => {
        if (person !== own) return dot(rows, row * dimensions, means, person * dimensions, dimensions);
        if (counts[own] === 1) return Number.NEGATIVE_INFINITY;
        const others = sums.slice(own * dimensions, (own + 1) * dimensions);
        axpy(-1, rows, row * dimensions, others, dimensions);
        return dot(rows, row * dimensions, direction(others, counts[own]! - 1), 0, dimensions);
      });
    });
    return { rows: means, codes: Int32Array.from(labels.keys()), leftOut };
  });
}

/**
 * The direction of a sum of `count` unit vectors. Where they cancel out it is zero, which is similar to nobody: what is left is
 * the rounding of 32-bit embeddings, and scaled to length 1 it would point anywhere.
 */
function direction(sum: Float64Array, count: number): Float64Array {
  const cancelled = Math.sqrt(dot(sum, 0, sum, 0, sum.length)) < 1e-6 * count;
  return cancelled ? new Float64Array(sum.length) : unitVector(sum);
}

/** The sum of each person's rows. */
function sumsOf({ labels, rows, codes, size, dimensions }: TrainingSet): Float64Array {
  const sums = new Float64Array(labels.length * dimensions);
  for (let row = 0; row < size; row++) {
    axpy(1, rows, row * dimensions, sums.subarray(codes[row]! * dimensions), dimensions);
  }
  return sums;
}
