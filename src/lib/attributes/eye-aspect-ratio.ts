import { InputError } from "../errors.js";
import type { Point } from "../types.js";

/** The six points of each eye among the 68, from corner to corner over the upper lid and back along the lower. */
const EYES = [36, 42] as const;

/**
 * How open the eyes are: of each eye the mean distance of the lids over the distance of the corners, and the mean of both eyes. About
 * 0.3 of an open eye, towards 0 as it closes (Soukupova, Cech: Real-Time Eye Blink Detection using Facial Landmarks, 2016).
 * @param points the usual 68 landmarks, in pixels.
 * @throws InputError where there are more or fewer, or an eye's corners coincide.
 */
export function eyeAspectRatio(points: readonly Point[]): number {
  if (points.length !== 68) throw new InputError(`invalid landmarks: ${points.length} (must be 68)`);
  const distance = (i: number, j: number): number =>
    Math.hypot(points[i]!.x - points[j]!.x, points[i]!.y - points[j]!.y);
  const ratios = EYES.map((first) => {
    const width = distance(first, first + 3);
    if (!(width > 0)) throw new InputError("invalid landmarks: the corners of an eye coincide");
    return (distance(first + 1, first + 5) + distance(first + 2, first + 4)) / (2 * width);
  });
  return (ratios[0]! + ratios[1]!) / 2;
}
