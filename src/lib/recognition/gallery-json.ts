import { isRecord } from "../classifiers/model-json.js";
import { InputError } from "../errors.js";
import type { Model } from "../types.js";
import type { Gallery } from "./gallery.js";

/** Of the length of a vector that was scaled to 1, and written and read as JSON. */
const ROUNDING = 1e-9;

/** A gallery as plain JSON values, which keep every bit of its numbers. */
export function galleryToJson(gallery: Gallery): Readonly<Record<string, unknown>> {
  return { ...gallery, people: Array.from(gallery.people), faces: Array.from(gallery.faces) };
}

/**
 * The way back, from anywhere: every field is checked.
 * @param model the one that the gallery belongs to.
 * @throws InputError that names the field and what it must be, or where there is no gallery.
 */
export function readGallery(
  gallery: unknown,
  { labels, dimensions }: Pick<Model, "labels" | "dimensions">,
): Gallery {
  if (gallery === undefined) {
    throw new InputError("made by saveModel without a gallery; train it again with facelab train");
  }
  if (!isRecord(gallery)) throw invalid("gallery", "an object");
  const { people, faces, minCosine, falseAcceptRate, falseRejectRate } = gallery;
  if (!Array.isArray(people) || !coversAscending(people, labels.length)) {
    throw invalid("people", `ascending integers, each of 0..${labels.length - 1} at least once`);
  }
  const length = people.length * dimensions;
  if (!Array.isArray(faces) || faces.length !== length || !faces.every((value) => Number.isFinite(value))) {
    throw invalid("faces", `${length} finite numbers`);
  }
  const units = Float64Array.from(faces as number[]);
  if (!people.every((_, face) => isUnit(units.subarray(face * dimensions, (face + 1) * dimensions)))) {
    throw invalid("faces", "vectors of length 1");
  }
  if (!isNumber(minCosine, -1, 1)) throw invalid("minCosine", "a number in -1..1");
  return {
    people: Int32Array.from(people as number[]),
    faces: units,
    minCosine,
    falseAcceptRate: rate("falseAcceptRate", falseAcceptRate),
    falseRejectRate: rate("falseRejectRate", falseRejectRate),
  };
}

/** 0, ..., 0, 1, ..., 1, 2 and so on up to count - 1. */
function coversAscending(people: readonly unknown[], count: number): boolean {
  const steps = people.every((person, i) => {
    const before = i === 0 ? -1 : (people[i - 1] as number);
    return person === before + 1 || (i > 0 && person === before);
  });
  return steps && people.at(-1) === count - 1;
}

/** Length 1, or 0: an embedding of zeros has no direction. */
function isUnit(vector: Float64Array): boolean {
  const norm = Math.hypot(...vector);
  return norm === 0 || Math.abs(norm - 1) < ROUNDING;
}

function isNumber(value: unknown, min: number, max: number): value is number {
  return typeof value === "number" && value >= min && value <= max;
}

function rate(name: string, value: unknown): number | null {
  if (value !== null && !isNumber(value, 0, 1)) throw invalid(name, "a number in 0..1, or null");
  return value;
}

function invalid(name: string, expected: string): InputError {
  return new InputError(`invalid ${name} in the gallery of a model (must be ${expected})`);
}
