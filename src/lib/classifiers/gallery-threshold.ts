import { unitVector } from "../unit-vector.js";
import { type FittedThreshold, genuineCost, genuineImpostorThreshold } from "./genuine-impostor-threshold.js";
import { type GalleryFaces, nearestPerPerson } from "./nearest-per-person.js";
import { argmax } from "./training-set.js";

/**
 * The least cosine similarity to a person's nearest face at which that person may be named; below it the face is a stranger's.
 *
 * From each face of the gallery left out once. Genuine is its similarity to its person's nearest other face; as a stranger it is compared
 * with everybody else's faces, of which no nearer one could have been picked. Both go to genuine-impostor-threshold.ts, where with fewer
 * than 60 people 3 % of the genuine ones may be lost. People with one photo have no genuine similarity, a single person no impostors.
 * @param gallery need not be of unit length.
 */
export function galleryThreshold(gallery: GalleryFaces): FittedThreshold {
  const { labels, codes, rows, size, dimensions } = gallery;
  const nearest = nearestPerPerson(gallery);
  const genuine: number[] = [];
  const impostor: number[] = [];
  for (let row = 0; row < size; row++) {
    const face = unitVector(rows.subarray(row * dimensions, (row + 1) * dimensions));
    const similarities = nearest(face, row);
    const own = similarities[codes[row]!]!;
    similarities[codes[row]!] = Number.NEGATIVE_INFINITY;
    const other = similarities[argmax(similarities)]!;
    if (own > Number.NEGATIVE_INFINITY) genuine.push(own);
    if (other > Number.NEGATIVE_INFINITY) impostor.push(other);
  }
  return genuineImpostorThreshold(
    Float64Array.from(genuine),
    Float64Array.from(impostor),
    genuineCost(labels.length),
  );
}
