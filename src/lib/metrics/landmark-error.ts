import { InputError } from "../errors.js";
import type { Landmarks5, Point } from "../types.js";

/**
 * How far five landmarks are from where they should be: the mean distance of the five, in eye distances of the truth. A tenth is what
 * the literature calls a failure.
 *
 * Cootes & Cristinacce: Feature Detection and Tracking with Constrained Local Models, BMVC 2006 (the normalised mean error).
 * @param landmarks, truth in pixels of the same photo.
 * @throws InputError where the true eyes are on one place or a coordinate is not finite.
 */
export function landmarkError(landmarks: Landmarks5, truth: Landmarks5): number {
  const eyes = distance(truth[0], truth[1]);
  const mean = truth.reduce((sum, point, i) => sum + distance(point, landmarks[i]!), 0) / truth.length;
  if (!(eyes > 0) || !Number.isFinite(mean / eyes)) {
    throw new InputError(
      `invalid landmarks: eye distance ${eyes}, mean distance ${mean} (must be finite, eyes apart)`,
    );
  }
  return mean / eyes;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
