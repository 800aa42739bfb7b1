import { meanAndDeviation } from "../../metrics/mean-and-deviation.js";
import { rocCurve } from "../../metrics/roc-curve.js";
import { tarAtFar } from "../../metrics/tar-at-far.js";
import { type ScoredPair, verificationFolds } from "../../metrics/verification-folds.js";
import type { Embedding } from "../../types.js";
import { l2Normalize } from "../../unit-vector.js";
import { numberExercise } from "../exercise.js";
import { embeddingsInUse, oncePerLesson } from "../lesson.js";

const THRESHOLD = 0.93;

/** The pairs in use with their cosine similarities, in folds. */
const scoredFolds = oncePerLesson(async () => {
  const folds = await embeddingsInUse().pairs();
  return folds.map((fold) => fold.map(({ a, b, same }): ScoredPair => ({ score: cosine(a, b), same })));
});

function cosine(a: Embedding, b: Embedding): number {
  const unit = l2Normalize(b);
  return l2Normalize(a).reduce((sum, x, i) => sum + x * (unit[i] as number), 0);
}

const rightAt = (threshold: number, pairs: readonly ScoredPair[]): number =>
  pairs.filter(({ score, same }) => score >= threshold === same).length / pairs.length;

/** Right answers at a threshold from nowhere. */
const atThreshold = numberExercise(async () => {
  const folds = await scoredFolds();
  const [first = []] = folds;
  const expected = rightAt(THRESHOLD, first);
  const same = first.filter((pair) => pair.same);
  return {
    expected,
    mistakes: [
      { value: 100 * expected, hint: "give a share between 0 and 1, not per cent" },
      { value: 1 - expected, hint: "that is the share of wrong answers" },
      { value: rightAt(THRESHOLD, folds.flat()), hint: "that is of all folds; ask for the first, scored[0]" },
      {
        value: rightAt(THRESHOLD, same),
        hint: "that is of the pairs of one person only; strangers who are told apart are right too",
      },
      {
        value: first.filter(({ score }) => score >= THRESHOLD).length / first.length,
        hint: "that is the share that is taken for one person; which share is right?",
      },
    ],
    otherwise: "a pair is right where (score >= 0.93) === same: which share of scored[0] is?",
  };
});

/** The true accept rate at one false accept in a hundred. */
const trueAccepts = numberExercise(async () => {
  const curve = rocCurve((await scoredFolds()).flat());
  const { tar, threshold } = tarAtFar(curve, 0.01);
  return {
    expected: tar,
    mistakes: [
      { value: 100 * tar, hint: "give a share between 0 and 1, not per cent" },
      { value: 1 - tar, hint: "that is the false reject rate, one minus it" },
      {
        value: threshold,
        hint: "that is the threshold; which share of the pairs of one person is accepted there?",
      },
      { value: tarAtFar(curve, 0.001).tar, hint: "that is at 1e-3; one in a hundred is 1e-2" },
      { value: tarAtFar(curve, 0.1).tar, hint: "that is at 1e-1; one in a hundred is 1e-2" },
    ],
    otherwise: "tarAtFar(curve, 0.01).tar",
  };
});

/** What choosing the threshold on the fold itself gives. */
const peeking = numberExercise(async () => {
  const folds = await scoredFolds();
  const honest = verificationFolds(folds).map(({ accuracy }) => accuracy);
  const own = folds.map((fold) => Math.max(...fold.map(({ score }) => rightAt(score, fold))));
  const expected = meanAndDeviation(own).mean;
  return {
    expected,
    tolerance: 1e-5,
    mistakes: [
      {
        value: meanAndDeviation(honest).mean,
        hint: "that is the honest mean, thresholds from the other folds",
      },
      { value: 100 * expected, hint: "give a share between 0 and 1, not per cent" },
      { value: own[0] as number, hint: "that is the first fold; take the mean over all folds" },
      { value: Math.max(...own), hint: "that is the best fold; take the mean over all folds" },
      {
        value: Math.max(...folds.flat().map(({ score }) => rightAt(score, folds.flat()))),
        hint: "that is one threshold for all pairs together; here each fold has its own",
      },
    ],
    otherwise:
      "for each fold try each of its scores as threshold and keep the best share, best(fold); then the mean",
  };
});

/** Exercises of notebook 10. */
export const verificationExercises = { "10.1": atThreshold, "10.2": trueAccepts, "10.3": peeking };
