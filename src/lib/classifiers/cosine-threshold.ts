import type { Classifier } from "../types.js";
import { similarityClassifier } from "./similarity-classifier.js";
import type { TrainingSet } from "./training-set.js";
import { dot } from "./vector-operations.js";

/** Hyper-parameters of {@link cosineThreshold}. */
export interface CosineThresholdOptions {
  /** Smallest cosine similarity at which a face is recognised, -1..1, or `fit`: chosen on the training faces. @default "fit" */
  readonly threshold?: number | "fit";
}

/**
 * The person with the most similar training face by cosine similarity, or `unknown` where even that face is not similar
 * enough.
 *
 * The threshold comes from the training faces alone, each left out once, see similarity-classifier.ts: as a genuine face it
 * counts with its similarity to the nearest other face of its own person.
 *
 * `predictProba` says who it is if it is somebody enrolled: the softmax of the people's similarities at a temperature fitted to the
 * training faces, each left out once (see softmax-temperature.ts); it does not know the threshold. A prediction's score is
 * the cosine similarity. `chosen` of the model: `threshold`, its `falseAcceptRate` and `falseRejectRate` on the training faces
 * (null where there are no strangers or no second photos), `temperature`.
 * @throws InputError on a threshold out of its range.
 */
export function cosineThreshold({ threshold = "fit" }: CosineThresholdOptions = {}): Classifier {
  return similarityClassifier("cosine", threshold, (set) => ({ ...set, leftOut: leaveOneOut(set) }));
}

/** Each training face's similarity to the nearest other face of each person. */
function leaveOneOut({ labels, codes, rows, size, dimensions }: TrainingSet): Float64Array[] {
  const best = Array.from({ length: size }, () =>
    new Float64Array(labels.length).fill(Number.NEGATIVE_INFINITY),
  );
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const similarity = dot(rows, i * dimensions, rows, j * dimensions, dimensions);
      best[i]![codes[j]!] = Math.max(best[i]![codes[j]!]!, similarity);
      best[j]![codes[i]!] = Math.max(best[j]![codes[i]!]!, similarity);
    }
  }
  return best;
}
