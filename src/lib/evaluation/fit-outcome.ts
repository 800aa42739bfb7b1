import type { Classifier, Params, Prediction, Random, Sample } from "../types.js";
import type { Face } from "./evaluation-splits.js";
import { type ModelAnswer, modelAnswer } from "./model-answer.js";
import { vectorFor } from "./not-run.js";

/** What came of one classifier on one split. */
export interface FitOutcome {
  /** About the test faces, in order. */
  readonly answers: readonly ModelAnswer[];
  readonly fitSeconds: number;
  /** Per test face, milliseconds. */
  readonly predictMilliseconds: number;
  /** What `fit` chose by itself. */
  readonly chosen: Params;
}

/** Fits a classifier on some faces, and asks it about others. */
export async function fitOutcome(
  classifier: Classifier,
  train: readonly Face[],
  test: readonly Face[],
  random: Random,
): Promise<FitOutcome> {
  const samples = train.map(
    (face): Sample => ({ embedding: vectorFor(classifier, face), label: face.label }),
  );
  const started = performance.now();
  const model = await classifier.fit(samples, random);
  const fitted = performance.now();
  const predictions = test.map((face) => model.predict(vectorFor(classifier, face)));
  const seconds = (performance.now() - fitted) / 1000;
  return {
    answers: test.map((face, i) =>
      modelAnswer(face, predictions[i] as Prediction, model, vectorFor(classifier, face)),
    ),
    fitSeconds: (fitted - started) / 1000,
    predictMilliseconds: (1000 * seconds) / Math.max(predictions.length, 1),
    chosen: model.chosen,
  };
}
