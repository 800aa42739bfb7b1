import { argmax } from "../classifiers/training-set.js";
import type { EmbedderId, Embedding, Model } from "../types.js";
import { cosineToDistance } from "./cosine-to-distance.js";
import { type Gallery, nearestCosine } from "./gallery.js";

/** Who a face is. */
export type Identity = { readonly kind: "person"; readonly label: string } | { readonly kind: "unknown" };

/** What a {@link Recogniser} says about one face. The numbers are about the candidate, who is the person where one is named. */
export interface Identification {
  readonly identity: Identity;
  /** The likeliest person: whom the answer names, or would name if the face were like theirs. */
  readonly candidate: string;
  /** Of the candidate, 0..1, if it is one of the people enrolled: calibrated among these, so also high for some strangers. */
  readonly probability: number;
  /** Cosine similarity to the candidate's nearest training face, -1..1. */
  readonly similarity: number;
  /** Euclidean distance between the same two faces as unit vectors, 0..2. */
  readonly distance: number;
}

/** A fitted model and the faces it was fitted on: whatever the model is, it can say `unknown`. */
export interface Recogniser {
  readonly model: Model;
  readonly gallery: Gallery;
  /** What made the embeddings; undefined where it is not known. */
  readonly embedder?: EmbedderId;
  /**
   * Names a face, or says that it is nobody enrolled. A name is given where the model gives one and the face is alike enough
   * to that person's nearest training face.
   * @param minCosine the least similarity, -1..1, in place of the gallery's own.
   * @throws InputError on an embedding of another length or with a number that is not finite.
   */
  identify(embedding: Embedding, minCosine?: number): Identification;
}

/** Puts a recogniser together; {@link trainRecogniser} and {@link readRecogniser} do. */
export function createRecogniser(model: Model, gallery: Gallery, embedder?: EmbedderId): Recogniser {
  return {
    model,
    gallery,
    embedder,
    identify(embedding, minCosine = gallery.minCosine) {
      const probabilities = model.predictProba(embedding);
      const prediction = model.predict(embedding);
      const person =
        prediction.kind === "person" ? model.labels.indexOf(prediction.label) : argmax(probabilities);
      const candidate = model.labels[person]!;
      const similarity = nearestCosine(gallery, person, embedding);
      const named = prediction.kind === "person" && similarity >= minCosine;
      return {
        identity: named ? { kind: "person", label: candidate } : { kind: "unknown" },
        candidate,
        probability: probabilities[person]!,
        similarity,
        distance: cosineToDistance(similarity),
      };
    },
  };
}
