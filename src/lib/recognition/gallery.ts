import type { TrainingSet } from "../classifiers/training-set.js";
import { dot } from "../classifiers/vector-operations.js";
import type { Embedding } from "../types.js";
import { unitVector } from "../unit-vector.js";

/** The faces that a recogniser was trained on. They are kept as numbers and people, without paths or photos. */
export interface Gallery {
  /** For each face its person, as a position in the model's `labels`; ascending, and everybody has at least one. */
  readonly people: Int32Array;
  /** Unit vectors, one after the other: faces x dimensions. */
  readonly faces: Float64Array;
  /** The least cosine similarity to the person's nearest face at which the name is given, -1..1. */
  readonly minCosine: number;
  /** Share of the training faces that would pass as somebody else; null with one person. */
  readonly falseAcceptRate: number | null;
  /** Share of the training faces that would not pass as themselves; null where nobody has two. */
  readonly falseRejectRate: number | null;
}

/** Makes a gallery of a training set with rows of length 1, and a threshold that was fitted on it. */
export function galleryOf(
  { rows, codes }: TrainingSet,
  {
    threshold,
    ...rates
  }: {
    readonly threshold: number;
    readonly falseAcceptRate: number | null;
    readonly falseRejectRate: number | null;
  },
): Gallery {
  return { people: codes, faces: rows, minCosine: threshold, ...rates };
}

/**
 * Cosine similarity of an embedding to a person's nearest face in the gallery, -1..1; -Infinity where there is none.
 * @param person a position in the model's `labels`.
 */
export function nearestCosine({ people, faces }: Gallery, person: number, embedding: Embedding): number {
  const unit = unitVector(embedding);
  let nearest = Number.NEGATIVE_INFINITY;
  people.forEach((owner, face) => {
    if (owner === person) {
      nearest = Math.max(nearest, dot(unit, 0, faces, face * unit.length, unit.length));
    }
  });
  // Sums of rounded squares may exceed what a cosine can be by a bit or two.
  return Math.min(nearest, 1);
}
