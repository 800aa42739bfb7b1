import { comparePairs } from "facelab";
import { percent, points } from "../compare-detectors/cells.js";
import { ANSWERS } from "./learning-curve.js";
import type { Curve, CurveAnswer, Measured } from "./learning-curve-records.js";
import { accuracyOf, comparedAt, shareOf } from "./learning-curve-records.js";
import type { Records } from "./records.js";

/** `98.2 +- 0.4`, without a deviation where there is one repeat. */
export function measuredCell({ mean, deviation }: Measured): string {
  return Number.isFinite(deviation) ? `${percent(mean)} +- ${percent(deviation)}` : percent(mean);
}

/** A classifier's accuracy at a place: of all photos, and of the faces found where that differs. */
export function accuracyCell(curve: Curve, at: number, classifier: string): string {
  const answers = curve.answers(at, classifier);
  if (answers.length === 0) return notRunCell(curve, at, classifier);
  const found = answers.filter(({ answer }) => answer !== ANSWERS.noFace);
  const [all, ofFound] = [measuredCell(accuracyOf(answers)), measuredCell(accuracyOf(found))];
  return all === ofFound ? all : `${all} (of faces found ${ofFound})`;
}

function notRunCell(curve: Curve, at: number, classifier: string): string {
  const why = curve.notRun(at, classifier);
  if (why === undefined) return "not run";
  if (why.kind === "embedder") return "not run (needs photos)";
  const { seconds } = why;
  const time = seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`;
  return `not run (about ${time})`;
}

/** The two most accurate classifiers of a place, and whether they differ by more than chance. */
export interface BestTwo {
  readonly best: string;
  readonly second: string;
  readonly accuracy: number;
  /** Accuracy of the best less that of the second, > = 0. */
  readonly difference: number;
  /** Adjusted by Holm for all pairs of the place. */
  readonly pValue: number;
}

/** The best two of a place, by `comparePairs`: the corrected resampled t-test of every pair, with Holm's correction. */
export function bestTwo(records: Records, curve: Curve, at: number): BestTwo {
  const ran = curve.classifiers
    .filter((classifier) => curve.answers(at, classifier).length > 0)
    .map((classifier) => ({ classifier, accuracy: accuracyOf(curve.answers(at, classifier)).mean }))
    .sort((a, b) => b.accuracy - a.accuracy);
  const [best, second] = ran;
  if (best === undefined || second === undefined) throw new Error(`fewer than two classifiers at ${at}`);
  const { pairs } = comparePairs(comparedAt(records, curve, at));
  const others = pairs.filter(({ first, second: other }) => [first, other].includes(best.classifier));
  const of = (name: string): number =>
    others.find(({ first, second: other }) => [first, other].includes(name))?.adjustedPValue ?? Number.NaN;
  return {
    best: best.classifier,
    second: second.classifier,
    accuracy: best.accuracy,
    difference: best.accuracy - second.accuracy,
    pValue: of(second.classifier),
  };
}

/** What the test says of the best two, for a table. */
export function bestTwoCell({ best, second, difference, pValue }: BestTwo): string {
  const p = pValue < 0.001 ? "p < .001" : `p = ${pValue.toFixed(3).replace(/^0/, "")}`;
  const pair = `${best} and ${second}: ${points(difference, 1)} points, ${p}`;
  return pValue < 0.05 ? `${pair}, better` : `${pair}, not shown to differ`;
}

/** The most accurate classifier of a place, of equals the first. */
export function bestOf(curve: Curve, at: number): string {
  const accuracy = (name: string): number => accuracyOf(curve.answers(at, name)).mean;
  const ran = curve.classifiers.filter((name) => curve.answers(at, name).length > 0);
  return ran.reduce((best, name) => (accuracy(name) > accuracy(best) ? name : best));
}

/** The share of answers `unknown`. */
export function unknownOf(answers: readonly CurveAnswer[]): Measured {
  return shareOf(answers, ({ answer }) => answer === ANSWERS.unknown);
}
