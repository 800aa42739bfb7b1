import SVM from "ml-svm";
import { requireInteger, requireNumber } from "../errors.js";
import type { Classifier, Random } from "../types.js";
import { linearSvmModel, planeOfOne, UNFITTED } from "./linear-svm-model.js";
import type { Planes } from "./one-vs-rest.js";
import { type TrainingSet, trainingSet } from "./training-set.js";

/** Hyper-parameters of {@link mlSvm}. */
export interface MlSvmOptions {
  /** Inverse strength of the regularisation, > 0. 10 for the reason given at `LinearSvmOptions.cGrid`. @default 10 */
  readonly c?: number;
  /** Numerical tolerance of the optimality conditions, > 0. @default 1e-4 */
  readonly tol?: number;
  /** The solver's passes at most, >= 1; `chosen.unconverged` counts the people at whom it was stopped. @default 10000 */
  readonly maxIter?: number;
}

/**
 * The linear support vector machine of the npm package `ml-svm`, one machine per person against all others, on unit vectors:
 * hinge loss (not squared), solved by simplified SMO, which draws its pairs at random and is slow, see `estimateSeconds`.
 *
 * Its own scaling of each feature to 0..1 (`whitening`) is off: it divides by zero where all faces agree in a feature. The
 * decision values are squashed as those of {@link linearSvm} with `probability: false`: probabilities are not calibrated, since
 * that would take another fit per fold. `chosen`: `c`, `iterations` (the most of any person) and `unconverged`.
 * @throws InputError on an option out of its range.
 */
export function mlSvm({ c = 10, tol = 1e-4, maxIter = 10_000 }: MlSvmOptions = {}): Classifier {
  requireNumber("c", c, 0);
  requireNumber("tol", tol, 0);
  requireInteger("maxIter", maxIter, 1);
  return {
    name: "ml-svm",
    params: { c, tol, maxIter },
    async fit(samples, random) {
      const set = trainingSet(samples, { normalize: true });
      const { labels, dimensions } = set;
      const { planes, iterations, unconverged } =
        labels.length === 1
          ? { planes: planeOfOne(dimensions), iterations: 0, unconverged: 0 }
          : machines(set, random, { c, tol, maxIter });
      return linearSvmModel(
        "ml-svm",
        { labels, dimensions, normalize: true, ...planes, sigmoid: UNFITTED },
        { c, iterations, unconverged, calibration: "none" },
      );
    },
    // Measured with 70 to 868 faces of 5 to 62 people, 128 numbers each; see ml-svm.test.ts.
    estimateSeconds: ({ samples, labels }) => labels * 0.13 * (samples / 280) ** 2.6,
  };
}

function machines(
  { labels, rows, codes, size, dimensions }: TrainingSet,
  random: Random,
  { c, tol, maxIter }: Required<MlSvmOptions>,
): { planes: Planes; iterations: number; unconverged: number } {
  const features = Array.from({ length: size }, (_, row) =>
    Array.from(rows.subarray(row * dimensions, (row + 1) * dimensions)),
  );
  const coef = new Float64Array(labels.length * dimensions);
  const intercept = new Float64Array(labels.length);
  let iterations = 0;
  let unconverged = 0;
  for (const [person, label] of labels.entries()) {
    const machine = new SVM({
      C: c,
      tol,
      // The package throws where it stops at exactly this number, and keeps what it has where it stops above it.
      maxIterations: maxIter - 0.5,
      kernel: "linear",
      whitening: false,
      random: random.fork(label).uniform,
    });
    machine.train(
      features,
      Array.from(codes, (code) => (code === person ? 1 : -1)),
    );
    coef.set(machine.W, person * dimensions);
    intercept[person] = machine.b;
    iterations = Math.max(iterations, machine.iterations);
    if (machine.iterations >= maxIter) unconverged++;
  }
  return { planes: { coef, intercept }, iterations, unconverged };
}
