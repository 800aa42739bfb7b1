import { InputError, requireInteger, requireNumber } from "../errors.js";
import type { Classifier, Random, Sample } from "../types.js";
import { type CrossValidated, crossValidate } from "./cross-validation.js";
import { type LinearSvmModel, linearSvmModel, planeOfOne, UNFITTED } from "./linear-svm-model.js";
import { oneVsRest } from "./one-vs-rest.js";
import { plattScaling, rising } from "./platt-scaling.js";
import { stratifiedFolds } from "./stratified-folds.js";
import { trainingSet } from "./training-set.js";

/** Hyper-parameters of {@link linearSvm}. */
export interface LinearSvmOptions {
  /** Inverse strength of the regularisation, > 0, or `search`: the best of `cGrid` in cross-validation. @default "search" */
  readonly c?: number | "search";
  /**
   * What `search` tries, each > 0. Faces as unit vectors lie close together and need long weights: the best is usually 10 or
   * 100, and less than 1 pays only with hundreds of photos a person.
   * @default [0.1, 1, 10, 100]
   */
  readonly cGrid?: readonly number[];
  /** Folds inside the training set, >= 2; fewer where a person has fewer photos, see `innerFolds`. @default 3 */
  readonly folds?: number;
  /**
   * The solver stops when its projected gradients lie within this of each other, > 0. On unit vectors decision values are then
   * exact to about `tol`; `LinearSVC` has 1e-4.
   * @default 1e-3
   */
  readonly tol?: number;
  /**
   * The solver's passes at most, >= 1. Nearly all of them are over the few rows that are not shrunk, and stopping among those leaves
   * a plane far off: 1,000, `LinearSVC`'s number, is not enough for C = 100 in few dimensions.
   * @default 10000
   */
  readonly maxIter?: number;
  /**
   * Calibrate probabilities. Without it a fixed C is one fit without folds, and `predictProba` squashes the decision
   * values by a sigmoid that was not fitted (`calibration: "none"`). @default true
   */
  readonly probability?: boolean;
  /** Scale embeddings to length 1 first, in fit and predict. @default true */
  readonly normalize?: boolean;
}

/** What {@link linearSvm} returns: a classifier whose models show their planes. */
export interface LinearSvm extends Classifier {
  fit(samples: readonly Sample[], random: Random): Promise<LinearSvmModel>;
}

/**
 * A linear support vector machine, one plane per person against all others: squared hinge loss, L2 penalty, the intercept
 * penalised like a weight. These are the defaults of scikit-learn's `LinearSVC`, whose solution it reproduces; the solver
 * is our own (Hsieh et al., ICML 2008; see dual-coordinate-descent.ts).
 *
 * C is chosen by cross-validation inside the training set: mean accuracy of the folds, the smaller C of equals. Where no
 * fold can be made because nobody has two photos it is the grid's value nearest to 10, at which unit vectors do well.
 *
 * Probabilities: Platt scaling of the held-out decision values (Lin, Lin, Weng 2007) with ONE sigmoid for all people, then
 * divided by their sum. A sigmoid per person would have to be learned from a handful of photos and could rank a person
 * above another one whose decision value is larger; a shared, rising one cannot, so the most probable person is the one that
 * the planes say. Where no fold can be made, the training decision values stand in, and the probabilities are too sure.
 *
 * `chosen` of the model: `c`; `cvAccuracies`, one for each C tried in `cvGrid`; `folds`; the sigmoid's `plattA` and `plattB`
 * and its `calibration` (`held-out`, `training` or `none`); `unconverged`, how many problems were stopped by `maxIter`.
 * A single person is always recognised, with probability 1.
 * @param name what tables call it, and its saved models: for entries that differ in their options only.
 * @throws InputError on an option out of its range.
 */
export function linearSvm(
  {
    c = "search",
    cGrid = [0.1, 1, 10, 100],
    folds = 3,
    tol = 1e-3,
    maxIter = 10_000,
    probability = true,
    normalize = true,
  }: LinearSvmOptions = {},
  name = "svm",
): LinearSvm {
  if (cGrid.length === 0) throw new InputError("invalid cGrid: [] (must hold at least one number > 0)");
  const cs = c === "search" ? [...new Set(cGrid)].sort((a, b) => a - b) : [c];
  for (const value of cs) requireNumber(c === "search" ? "cGrid" : "c", value, 0);
  requireInteger("folds", folds, 2);
  requireNumber("tol", tol, 0);
  requireInteger("maxIter", maxIter, 1);

  return {
    name,
    params: { c, cGrid: [...cGrid], folds, tol, maxIter, probability, normalize },
    async fit(samples, random) {
      const set = trainingSet(samples, { normalize });
      const { labels, dimensions } = set;
      if (labels.length === 1) {
        return linearSvmModel(
          name,
          { labels, dimensions, normalize, ...planeOfOne(dimensions), sigmoid: UNFITTED },
          { c: null, calibration: "none" },
        );
      }
      const splits = stratifiedFolds(set, random, folds);
      const validate = (grid: readonly number[], on: typeof splits): CrossValidated[] =>
        crossValidate(set, grid, on, random.fork("cv"), { tol, maxIter });
      const tried = splits.length > 0 && (probability || cs.length > 1) ? validate(cs, splits) : [];
      const best = mostAccurate(tried);
      const chosenC = best?.c ?? nearestTo10(cs);
      const planes = oneVsRest(set, random.fork("fit"), { tol, maxIter }).solve(chosenC);
      const all = Int32Array.from(set.codes.keys());
      const training = (): CrossValidated => validate([chosenC], [{ train: all, test: all }])[0]!;
      const judged = best ?? (probability ? training() : undefined);
      const sigmoid = judged ? rising(plattScaling(judged.decisions, judged.positives)) : UNFITTED;
      return linearSvmModel(
        name,
        { labels, dimensions, normalize, ...planes, sigmoid },
        {
          c: chosenC,
          cvGrid: tried.map((one) => one.c),
          cvAccuracies: tried.map((one) => one.accuracy),
          folds: splits.length,
          plattA: sigmoid.a,
          plattB: sigmoid.b,
          calibration: best ? "held-out" : judged ? "training" : "none",
          unconverged: tried.reduce((sum, one) => sum + one.unconverged, planes.unconverged),
        },
      );
    },
  };
}

/** The first, so the smallest C, of the most accurate. Means that differ by rounding alone are equal. */
function mostAccurate(tried: readonly CrossValidated[]): CrossValidated | undefined {
  return tried.find(({ accuracy }) => tried.every((other) => other.accuracy <= accuracy + 1e-12));
}

function nearestTo10(cs: readonly number[]): number {
  const ratio = (c: number): number => Math.abs(Math.log(c / 10));
  return cs.reduce((best, c) => (ratio(c) < ratio(best) ? c : best));
}
