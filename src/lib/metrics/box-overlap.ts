import type { Box } from "../types.js";

/**
 * Intersection over union (Jaccard 1912) of two boxes: 0 where they are apart or one has no area, 1 where they are equal.
 * Sides are lengths, without the pixel that some evaluations add to them.
 */
export function boxOverlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (!(width > 0 && height > 0)) return 0;
  const intersection = width * height;
  return intersection / (a.width * a.height + b.width * b.height - intersection);
}
