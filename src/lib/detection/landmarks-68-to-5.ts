import { InputError } from "../errors.js";
import type { Landmarks5, Point } from "../types.js";

/**
 * The five landmarks within the usual 68 (iBUG 300-W, as dlib and face-api number them): the eyes' centres are
 * the means of their six points, the nose is its tip (30), the mouth's corners are 48 and 54.
 * @param points 68 of them; left is the viewer's in both schemes.
 * @throws InputError where there are more or fewer.
 */
export function landmarks68To5(points: readonly Point[]): Landmarks5 {
  if (points.length !== 68) throw new InputError(`invalid landmarks: ${points.length} (must be 68)`);
  return [mean(points.slice(36, 42)), mean(points.slice(42, 48)), points[30]!, points[48]!, points[54]!];
}

function mean(points: readonly Point[]): Point {
  let x = 0;
  let y = 0;
  for (const point of points) {
    x += point.x / points.length;
    y += point.y / points.length;
  }
  return { x, y };
}
