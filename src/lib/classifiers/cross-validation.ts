import type { Random } from "../types.js";
import { decisionValues, oneVsRest, type SolverOptions } from "./one-vs-rest.js";
import { argmax, selectRows, type TrainingSet } from "./training-set.js";

/** What cross-validation saw at one value of C. */
export interface CrossValidated {
  readonly c: number;
  /** Mean over the folds of the share of held-out samples that were recognised. */
  readonly accuracy: number;
  /** Held-out decision values of all samples and people, one after the other. */
  readonly decisions: Float64Array;
  /** For each decision value 1 where it is about the sample's own person, otherwise 0. */
  readonly positives: Uint8Array;
  readonly unconverged: number;
}

/**
 * Judges each C on folds inside the training set.
 * @param cs ascending: each solution starts from that of the C before, which saves passes and changes it within `tol` only.
 * @param folds rows to train on and rows to hold out.
 */
export function crossValidate(
  set: TrainingSet,
  cs: readonly number[],
  folds: readonly { readonly train: Int32Array; readonly test: Int32Array }[],
  random: Random,
  options: SolverOptions,
): CrossValidated[] {
  const people = set.labels.length;
  const held = folds.reduce((sum, { test }) => sum + test.length, 0);
  const results = cs.map((c) => ({
    c,
    accuracy: 0,
    decisions: new Float64Array(held * people),
    positives: new Uint8Array(held * people),
    unconverged: 0,
  }));
  let filled = 0;
  for (const { train, test } of folds) {
    const machines = oneVsRest(selectRows(set, train), random, options);
    for (const result of results) {
      const planes = machines.solve(result.c);
      let correct = 0;
      test.forEach((row, i) => {
        const start = row * set.dimensions;
        const decisions = decisionValues(planes, set.rows.subarray(start, start + set.dimensions));
        const person = set.codes[row]!;
        if (argmax(decisions) === person) correct++;
        result.decisions.set(decisions, (filled + i) * people);
        result.positives[(filled + i) * people + person] = 1;
      });
      result.accuracy += correct / test.length / folds.length;
      result.unconverged += planes.unconverged;
    }
    filled += test.length;
  }
  return results;
}
