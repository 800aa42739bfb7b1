/** Corners of a candidate box in pixels, with its score. */
export interface ScoredBox {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
  score: number;
}

/** What an overlap is measured against: the union of the two boxes, or the smaller one of them. */
export type OverlapMeasure = "union" | "smaller";

/**
 * Greedy non-maximum suppression: keeps the best box, drops what overlaps it too much, and goes on with the rest.
 * @param boxes in any order; they are not changed.
 * @param threshold a box is dropped where its overlap with a kept one is greater than this (0..1).
 * @returns the kept boxes, best score first; equal scores keep their order.
 */
export function nonMaximumSuppression<T extends ScoredBox>(
  boxes: readonly T[],
  threshold: number,
  measure: OverlapMeasure = "union",
): T[] {
  const sorted = [...boxes].sort((a, b) => b.score - a.score);
  const kept: T[] = [];
  for (const box of sorted) {
    if (kept.every((better) => overlap(better, box, measure) <= threshold)) kept.push(box);
  }
  return kept;
}

/**
 * Overlap of two boxes, 0 where they are apart, 1 where they are equal.
 * @param measure `union` is the intersection over union (IoU).
 */
export function overlap(a: ScoredBox, b: ScoredBox, measure: OverlapMeasure = "union"): number {
  const width = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
  const height = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
  if (width <= 0 || height <= 0) return 0;
  const intersection = width * height;
  const areaA = (a.x2 - a.x1) * (a.y2 - a.y1);
  const areaB = (b.x2 - b.x1) * (b.y2 - b.y1);
  return intersection / (measure === "union" ? areaA + areaB - intersection : Math.min(areaA, areaB));
}
