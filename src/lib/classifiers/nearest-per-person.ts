import { unitVector } from "../unit-vector.js";
import type { TrainingSet } from "./training-set.js";
import { dot } from "./vector-operations.js";

/** The part of a training set that is compared with. */
export type GalleryFaces = Pick<TrainingSet, "rows" | "codes" | "labels" | "size" | "dimensions">;

/**
 * Cosine similarity to each person's nearest face of a training set, in the order of `labels`; `-Infinity` for people
 * without a face.
 * @param set its rows are copied, scaled to length 1.
 * @returns a function of a unit vector; with `except` one row is left out.
 */
export function nearestPerPerson({
  rows,
  codes,
  labels,
  size,
  dimensions,
}: GalleryFaces): (unit: Float64Array, except?: number) => Float64Array {
  const units = new Float64Array(rows.length);
  for (let start = 0; start < rows.length; start += dimensions) {
    units.set(unitVector(rows.subarray(start, start + dimensions)), start);
  }
  return (unit, except = -1) => {
    const nearest = new Float64Array(labels.length).fill(Number.NEGATIVE_INFINITY);
    for (let row = 0; row < size; row++) {
      if (row === except) continue;
      const person = codes[row]!;
      nearest[person] = Math.max(nearest[person]!, dot(unit, 0, units, row * dimensions, dimensions));
    }
    return nearest;
  };
}
