import { InputError } from "../errors.js";
import type { Model, Prediction } from "../types.js";
import type { EmbeddedFace } from "./embed-faces.js";
import { euclideanDistance } from "./euclidean-distance.js";

/** What a model says of a face, with the face that it can be compared to by eye. */
export interface FacePrediction {
  readonly face: EmbeddedFace;
  readonly prediction: Prediction;
  /** Of the predicted person, in 0..1; of the most probable one where the answer is `unknown`. */
  readonly probability: number;
  readonly correct: boolean;
  /** The training face of the predicted person that is nearest; of anybody where the answer is `unknown`. */
  readonly nearest: EmbeddedFace;
  /** Euclidean distance of the two embeddings. */
  readonly distance: number;
}

/**
 * Asks a model who a face is, and looks for the training face that is most like it.
 * @param gallery the faces that the model was fitted on.
 * @throws InputError where the gallery has no face of the predicted person.
 */
export function predictFace(
  model: Model,
  face: EmbeddedFace,
  gallery: readonly EmbeddedFace[],
): FacePrediction {
  const prediction = model.predict(face.embedding);
  const of =
    prediction.kind === "person" ? gallery.filter(({ label }) => label === prediction.label) : gallery;
  let nearest: EmbeddedFace | undefined;
  let distance = Number.POSITIVE_INFINITY;
  for (const candidate of of) {
    const away = euclideanDistance(candidate.embedding, face.embedding);
    if (away < distance) [nearest, distance] = [candidate, away];
  }
  if (nearest === undefined) {
    const who = prediction.kind === "person" ? prediction.label : "anybody";
    throw new InputError(`no training face of ${who} (give the faces that the model was fitted on)`);
  }
  const probabilities = model.predictProba(face.embedding);
  const probability =
    prediction.kind === "person"
      ? (probabilities[model.labels.indexOf(prediction.label)] as number)
      : Math.max(...probabilities);
  const correct = prediction.kind === "person" && prediction.label === face.label;
  return { face, prediction, probability, correct, nearest, distance };
}
