import { createRandom, type EmbeddedPhoto, type EmbeddedSet, type Embedding } from "facelab";

export interface SyntheticOptions {
  readonly dimensions?: number;
  /** Half the width of the noise on every coordinate; the people's centres lie in -1..1. */
  readonly noise?: number;
  readonly seed?: number;
}

/**
 * Seeded embeddings about a centre for each person.
 * @param people photos of each, one character a photo: `x` with a face, `-` without.
 */
export function syntheticSet(
  people: Readonly<Record<string, string>>,
  { dimensions = 8, noise = 0.7, seed = 1 }: SyntheticOptions = {},
): EmbeddedSet {
  const random = createRandom(seed);
  const photos = Object.entries(people).flatMap(([label, marks]) => {
    const stream = random.fork(label);
    const spread = (width: number): number => width * (2 * stream.uniform() - 1);
    const centre = Array.from({ length: dimensions }, () => spread(1));
    return [...marks].map((mark, i): EmbeddedPhoto => {
      const path = `${label}/${i}.jpg`;
      const embedding: Embedding = Float32Array.from(centre, (value) => value + spread(noise));
      return mark === "x"
        ? { path, label, kind: "face", embedding }
        : { path, label, kind: "none", reason: "no face found", detail: "8 x 8 pixels" };
    });
  });
  return { name: "synthetic", photos, provenance: null };
}

/** The set, divided: each photo is put into the part that `partOf` says. */
export function dividedSet(
  set: EmbeddedSet,
  partOf: (photo: EmbeddedPhoto, index: number) => "train" | "test",
): EmbeddedSet {
  return { ...set, photos: set.photos.map((photo, i) => ({ ...photo, part: partOf(photo, i) })) };
}
