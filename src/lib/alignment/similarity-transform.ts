import type { Point } from "../types.js";

/**
 * A rotation, a scale and a shift: (x, y) becomes (a x - b y + dx, b x + a y + dy).
 * The scale is hypot(a, b), the rotation atan2(b, a).
 */
export interface SimilarityTransform {
  readonly a: number;
  readonly b: number;
  readonly dx: number;
  readonly dy: number;
}

/**
 * The similarity transform that brings one set of points nearest to another, in the sense of least squares.
 * Umeyama: Least-Squares Estimation of Transformation Parameters Between Two Point Patterns, 1991; without reflection
 * and in the plane it is a division of complex numbers.
 * @param from at least two points, not all the same.
 * @param to as many points, in the same order.
 * @param turn false leaves the rotation out, and keeps the scale and where the middle of the points comes to. @default true
 * @throws RangeError where the lists differ in length, or the points of `from` coincide.
 */
export function similarityTransform(
  from: readonly Point[],
  to: readonly Point[],
  turn = true,
): SimilarityTransform {
  if (from.length !== to.length) {
    throw new RangeError(
      `similarity transform: ${from.length} points against ${to.length} (must be as many)`,
    );
  }
  const fromMean = mean(from);
  const toMean = mean(to);
  let real = 0;
  let imaginary = 0;
  let spread = 0;
  from.forEach((point, i) => {
    const target = to[i] as Point;
    const [px, py] = [point.x - fromMean.x, point.y - fromMean.y];
    const [qx, qy] = [target.x - toMean.x, target.y - toMean.y];
    real += px * qx + py * qy;
    imaginary += px * qy - py * qx;
    spread += px * px + py * py;
  });
  if (!(spread > 0)) throw new RangeError("similarity transform: the points are all the same");
  const a = (turn ? real : Math.hypot(real, imaginary)) / spread;
  const b = turn ? imaginary / spread : 0;
  return {
    a,
    b,
    dx: toMean.x - (a * fromMean.x - b * fromMean.y),
    dy: toMean.y - (b * fromMean.x + a * fromMean.y),
  };
}

/** Applies a transform to a point. */
export function transformPoint({ a, b, dx, dy }: SimilarityTransform, { x, y }: Point): Point {
  return { x: a * x - b * y + dx, y: b * x + a * y + dy };
}

function mean(points: readonly Point[]): Point {
  const sum = points.reduce((total, point) => ({ x: total.x + point.x, y: total.y + point.y }), {
    x: 0,
    y: 0,
  });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
