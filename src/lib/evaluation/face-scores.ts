import { balancedAccuracy } from "../metrics/balanced-accuracy.js";
import { meanLogLoss } from "../metrics/log-loss.js";
import { macroF1 } from "../metrics/macro-f1.js";
import { answersOf } from "./answers-of.js";
import type { EvaluationRecord } from "./evaluate.js";

/** What else than its accuracy says how good a classifier is, on the faces of one repeat. */
export interface FaceScores {
  /** Mean recall of the people, 0..1; `unknown` is a wrong answer. */
  readonly balancedAccuracy: number;
  /** Mean F1 of the people, 0..1. */
  readonly macroF1: number;
  /** Share of the faces whose person is among the five most probable, 0..1. */
  readonly top5: number;
  /** Mean of -ln(probability of the true person), 0..36; a person of whom no face was learned has probability 0. */
  readonly logLoss: number;
}

/** @returns NaN for everything where no photo has a face. @param records of one classifier and repeat. */
export function faceScores(records: readonly EvaluationRecord[]): FaceScores {
  const asked = records.filter(({ answer }) => answer !== "none");
  if (asked.length === 0) {
    return { balancedAccuracy: Number.NaN, macroF1: Number.NaN, top5: Number.NaN, logLoss: Number.NaN };
  }
  const { truth, predicted } = answersOf(asked);
  return {
    balancedAccuracy: balancedAccuracy(truth, predicted),
    macroF1: macroF1(truth, predicted),
    top5: asked.filter(({ trueRank }) => trueRank !== null && trueRank <= 5).length / asked.length,
    logLoss: meanLogLoss(asked.map(({ trueProbability }) => trueProbability ?? 0)),
  };
}
