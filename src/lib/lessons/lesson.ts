import type { Photo } from "../datasets/photo.js";
import { InputError } from "../errors.js";
import type { EmbeddedSet } from "../pipeline/embedded-set.js";
import type { Random, Sample } from "../types.js";
import type { FacePair } from "./lesson-pairs.js";

/** Photos that a notebook works on. */
export interface LessonPhotos {
  /** One folder per person. */
  readonly folder: string;
  /** Sorted by person, then by path. */
  readonly photos: readonly Photo[];
  /** Seed 0: `fork` it by what it is for, and a cell that is run again draws the same. */
  readonly random: Random;
}

/** Embeddings that a notebook works on, divided. */
export interface LessonEmbeddings {
  /** All of them, photos without a face included, for `evaluate`. */
  readonly set: EmbeddedSet;
  /** The faces to learn from: about 70 % of each person's photos. */
  readonly train: readonly Sample[];
  /** The faces to be asked about. */
  readonly test: readonly Sample[];
  /** Seed 0: `fork` it by what it is for, and a cell that is run again draws the same. */
  readonly random: Random;
  /** Pairs of faces in folds, for verification: View 2 of LFW, or pairs drawn among the faces that were opened. */
  pairs(): Promise<readonly (readonly FacePair[])[]>;
}

/** What is open in this notebook: exercises are checked against the data in use, never against stored numbers. */
const open: { photos?: LessonPhotos; embeddings?: LessonEmbeddings } = {};

/** Remembers what a notebook has opened. */
export function rememberLesson(opened: Partial<typeof open>): void {
  Object.assign(open, opened);
}

/** The photos in use. @throws InputError where none were opened in this notebook. */
export function photosInUse(): LessonPhotos {
  return inUse(open.photos, "openPhotos");
}

/** The embeddings in use. @throws InputError where none were opened in this notebook. */
export function embeddingsInUse(): LessonEmbeddings {
  return inUse(open.embeddings, "openEmbeddings");
}

/** Computes something from the data in use, once for as long as it is in use: an exercise is tried several times. */
export function oncePerLesson<T>(compute: () => T | Promise<T>): () => Promise<T> {
  const kept = new Map<string, { readonly of: typeof open; readonly value: Promise<T> }>();
  return () => {
    const last = kept.get("last");
    if (last !== undefined && last.of.photos === open.photos && last.of.embeddings === open.embeddings) {
      return last.value;
    }
    const value = Promise.resolve().then(compute);
    kept.set("last", { of: { ...open }, value });
    // A failure is not kept: it may be that nothing is open yet.
    value.catch(() => kept.delete("last"));
    return value;
  };
}

function inUse<T>(opened: T | undefined, name: string): T {
  if (opened === undefined) throw new InputError(`no data yet (run the first cell, which calls ${name})`);
  return opened;
}
