import type { PhotoIdentity } from "../datasets/photo.js";
import type { Embedding } from "../types.js";
import type { Provenance } from "./provenance.js";

/**
 * One photo of a dataset after embedding. Photos without a face stay in the list, so that they are counted wherever
 * the others are.
 */
export type EmbeddedPhoto = {
  readonly path: string;
  readonly label: string;
  /** Where the dataset itself is divided. */
  readonly part?: "train" | "test";
} & PhotoIdentity &
  (
    | {
        readonly kind: "face";
        readonly embedding: Embedding;
        /** Of further embedders, by their names: for classifiers that are made for one of them. */
        readonly others?: Readonly<Record<string, Embedding>>;
      }
    /** `reason` is short and counted; `detail` is for this photo alone. */
    | { readonly kind: "none"; readonly reason: string; readonly detail: string }
  );

/** A dataset, ready for classifiers. */
export interface EmbeddedSet {
  readonly name: string;
  readonly photos: readonly EmbeddedPhoto[];
  /** How it was made, as JSON; null where a file does not say. */
  readonly provenance: Provenance | null;
}

/** An {@link EmbeddedPhoto} with a face. */
export type EmbeddedFacePhoto = Extract<EmbeddedPhoto, { readonly kind: "face" }>;

/** Whether a photo has a face, for `photos.filter(hasFace)`. */
export function hasFace(photo: EmbeddedPhoto): photo is EmbeddedFacePhoto {
  return photo.kind === "face";
}
