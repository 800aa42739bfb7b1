/** Euclidean distance between two vectors of length 1 (0..2) with this cosine similarity (-1..1). */
export function cosineToDistance(cosine: number): number {
  return Math.sqrt(Math.max(0, 2 - 2 * cosine));
}
