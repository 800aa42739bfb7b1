import { dot } from "../classifiers/vector-operations.js";
import { cosineToDistance } from "../recognition/cosine-to-distance.js";
import type { Gallery } from "../recognition/gallery.js";
import type { Embedding } from "../types.js";
import { unitVector } from "../unit-vector.js";

/** Somebody enrolled, and how far their nearest face is. */
export interface NearPerson {
  /** A position in the model's `labels`. */
  readonly person: number;
  /** Euclidean distance of the two as unit vectors, 0..2. */
  readonly distance: number;
}

/** The two people with the nearest faces, the nearest first; one where only one is enrolled. Looks at every face once. */
export function nearestTwo({ people, faces }: Gallery, embedding: Embedding): NearPerson[] {
  const unit = unitVector(embedding);
  const best = new Map<number, number>();
  people.forEach((person, face) => {
    const cosine = dot(unit, 0, faces, face * unit.length, unit.length);
    if (cosine > (best.get(person) ?? Number.NEGATIVE_INFINITY)) best.set(person, cosine);
  });
  return [...best]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 2)
    .map(([person, cosine]) => ({ person, distance: cosineToDistance(Math.min(cosine, 1)) }));
}
