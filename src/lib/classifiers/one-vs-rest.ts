import type { Random } from "../types.js";
import { type DualSolution, dualCoordinateDescent } from "./dual-coordinate-descent.js";
import type { TrainingSet } from "./training-set.js";
import { dot } from "./vector-operations.js";

/** Where the solver stops; see dual-coordinate-descent. */
export interface SolverOptions {
  readonly tol: number;
  readonly maxIter: number;
}

/** One plane per person. */
export interface Planes {
  /** people x dimensions, row-major. */
  readonly coef: Float64Array;
  /** One per person. */
  readonly intercept: Float64Array;
}

/** One-vs-rest machines for one training set, that can be solved again and again for other values of C. */
export interface OneVsRest {
  /** Solves every problem for this C, starting from the last solution. */
  solve(c: number): Planes & { readonly unconverged: number };
}

/**
 * Sets up one problem per person, that person against all others. Two people are one problem, whose plane is turned around
 * for the other one.
 * @param set rows of at least two people.
 * @param random gives the solver's orders.
 */
export function oneVsRest(set: TrainingSet, random: Random, { tol, maxIter }: SolverOptions): OneVsRest {
  const { rows, codes, size, dimensions, labels } = set;
  const mirrored = labels.length === 2;
  const people = mirrored ? [1] : [...labels.keys()];
  const solutions: DualSolution[] = people.map(() => ({
    weights: new Float64Array(dimensions + 1),
    alphas: new Float64Array(size),
  }));
  const signs = new Float64Array(size);
  return {
    solve(c) {
      const coef = new Float64Array(labels.length * dimensions);
      const intercept = new Float64Array(labels.length);
      let unconverged = 0;
      people.forEach((person, i) => {
        for (let row = 0; row < size; row++) signs[row] = codes[row] === person ? 1 : -1;
        const solution = solutions[i]!;
        const problem = { rows, dimensions, signs, c, tol, maxIter };
        if (!dualCoordinateDescent(problem, random, solution)) unconverged++;
        coef.set(solution.weights.subarray(0, dimensions), person * dimensions);
        intercept[person] = solution.weights[dimensions]!;
      });
      if (mirrored) {
        for (let j = 0; j < dimensions; j++) coef[j] = -coef[dimensions + j]!;
        intercept[0] = -intercept[1]!;
      }
      return { coef, intercept, unconverged };
    },
  };
}

/** Decision values of one row, one per person. */
export function decisionValues({ coef, intercept }: Planes, row: Float64Array): Float64Array {
  return intercept.map((b, person) => dot(coef, person * row.length, row, 0, row.length) + b);
}
