import type { Random } from "../types.js";
import { axpy, dot } from "./vector-operations.js";

/** A two-class problem and where to stop. */
export interface BinaryProblem {
  /** size x dimensions, row-major. */
  readonly rows: Float64Array;
  readonly dimensions: number;
  /** +1 or -1 for each row. */
  readonly signs: Float64Array;
  readonly c: number;
  /** Stop when the projected gradients of one pass lie within this of each other. */
  readonly tol: number;
  /** At most this many passes. */
  readonly maxIter: number;
}

/** A separating plane, `weights . x + weights[dimensions]`, and the dual variables that it is the sum of. */
export interface DualSolution {
  /** dimensions + 1 numbers, the intercept last. */
  readonly weights: Float64Array;
  /** One number >= 0 for each row; 0 where the row lies outside of the margin. */
  readonly alphas: Float64Array;
}

/**
 * Fits a linear support vector machine with squared hinge loss by dual coordinate descent, as LIBLINEAR does (`-s 1`):
 * minimises `|w|^2 / 2 + c * sum(max(0, 1 - sign * (w . x + b))^2)`, where the intercept b is the weight of a constant
 * feature 1 and so part of |w|.
 *
 * One dual variable at a time is set to its best value, in a new random order each pass. Rows that sit firmly outside of the
 * margin are left out ("shrunk") until the rest has converged, and are then all looked at again.
 *
 * Hsieh, Chang, Lin, Keerthi, Sundararajan: A dual coordinate descent method for large-scale linear SVM, ICML 2008, algorithm 3.
 * @param problem rows and their signs.
 * @param random gives the orders.
 * @param solution where to start from, zeros or a solution for another c; overwritten with the result.
 * @returns whether `tol` was reached within `maxIter` passes.
 */
export function dualCoordinateDescent(
  problem: BinaryProblem,
  random: Random,
  solution: DualSolution,
): boolean {
  const { rows, dimensions, signs, c, tol, maxIter } = problem;
  const { weights, alphas } = solution;
  const size = signs.length;
  // The squared loss adds 1 / (2c) to the diagonal of the dual and takes away its upper bound.
  const diagonal = 0.5 / c;
  const curvatures = new Float64Array(size);
  const order = new Int32Array(size);
  for (let i = 0; i < size; i++) {
    order[i] = i;
    curvatures[i] = dot(rows, i * dimensions, rows, i * dimensions, dimensions) + 1 + diagonal;
  }

  // A solution for another c tells which rows matter: they come to rest before the others are looked at.
  let active = 0;
  for (let at = 0; at < size; at++) if (alphas[at]! > 0) swap(order, at, active++);
  if (active === 0) active = size;
  let shrinkAbove = Number.POSITIVE_INFINITY;
  for (let pass = 0; pass < maxIter; pass++) {
    let highest = Number.NEGATIVE_INFINITY;
    let lowest = Number.POSITIVE_INFINITY;
    for (let last = active - 1; last > 0; last--)
      swap(order, last, Math.floor(random.uniform() * (last + 1)));

    for (let at = 0; at < active; at++) {
      const i = order[at]!;
      const start = i * dimensions;
      const sign = signs[i]!;
      const alpha = alphas[i]!;
      const decision = dot(weights, 0, rows, start, dimensions) + weights[dimensions]!;
      const gradient = sign * decision - 1 + alpha * diagonal;
      // At alpha = 0 only a negative gradient can be followed; a clearly positive one means that the row will stay at 0.
      if (alpha === 0 && gradient > shrinkAbove) {
        swap(order, at--, --active);
        continue;
      }
      const projected = alpha === 0 ? Math.min(gradient, 0) : gradient;
      if (projected > highest) highest = projected;
      if (projected < lowest) lowest = projected;
      if (Math.abs(projected) > 1e-12) {
        const moved = Math.max(alpha - gradient / curvatures[i]!, 0);
        alphas[i] = moved;
        const step = (moved - alpha) * sign;
        axpy(step, rows, start, weights, dimensions);
        weights[dimensions] = weights[dimensions]! + step;
      }
    }

    if (highest - lowest <= tol) {
      if (active === size) return true;
      active = size;
      shrinkAbove = Number.POSITIVE_INFINITY;
    } else {
      shrinkAbove = highest > 0 ? highest : Number.POSITIVE_INFINITY;
    }
  }
  return false;
}

function swap(order: Int32Array, a: number, b: number): void {
  const value = order[a]!;
  order[a] = order[b]!;
  order[b] = value;
}
