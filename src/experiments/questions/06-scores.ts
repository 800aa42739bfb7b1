import { expectedCalibrationError, meanAndDeviation, meanLogLoss } from "facelab";
import { column } from "./06-answers.js";
import { methodName, type ProbabilityMethod, probabilityMethods } from "./06-methods.js";
import { flags, numbers, type Records } from "./records.js";

/** What is measured of a method in one repeat. */
export interface ProbabilityScores {
  /** 0..1. */
  readonly accuracy: number;
  readonly logLoss: number;
  /** 0..2. */
  readonly brier: number;
  /** 0..1, 15 bins of one width. */
  readonly ece: number;
  /** 0..1, 15 bins of as many photos. */
  readonly eceByQuantile: number;
  /** Mean confidence - accuracy, -1..1: larger than 0 is too sure. */
  readonly surplus: number;
}

/** A method with all of its answers, and its scores repeat by repeat. */
export interface MeasuredMethod {
  readonly method: ProbabilityMethod;
  readonly name: string;
  readonly confidences: readonly number[];
  readonly right: readonly boolean[];
  /** Probability of the true person. */
  readonly truths: readonly number[];
  readonly scores: readonly ProbabilityScores[];
}

/** Everything that tables, charts and notes are made of. */
export function measuredMethods({ tables }: Records): MeasuredMethod[] {
  const answers = tables.answers ?? {};
  const repeat = numbers(answers, "repeat");
  const repeats = [...new Set(repeat)].map((number) =>
    repeat.flatMap((other, i) => (other === number ? [i] : [])),
  );
  return probabilityMethods.map((method) => {
    const name = methodName(method);
    const confidences = numbers(answers, column.confidence(name));
    const right = flags(answers, column.right(name));
    const squares = numbers(answers, column.squares(name));
    const truths = numbers(answers, column.truth(name)).map(
      (truth, i) => truth ?? (confidences[i] as number),
    );
    const scores = repeats.map((places): ProbabilityScores => {
      const of = <T>(values: readonly T[]): T[] => places.map((i) => values[i] as T);
      const [sure, hit] = [of(confidences), of(right)];
      const accuracy = hit.filter(Boolean).length / hit.length;
      return {
        accuracy,
        logLoss: meanLogLoss(of(truths)),
        brier: mean(of(squares)),
        ece: expectedCalibrationError(sure, hit),
        eceByQuantile: expectedCalibrationError(sure, hit, { strategy: "quantile" }),
        surplus: mean(sure) - accuracy,
      };
    });
    return { method, name, confidences, right, truths, scores };
  });
}

/** Mean over repeats of one score. */
export function meanScore({ scores }: MeasuredMethod, score: keyof ProbabilityScores): number {
  return mean(scores.map((one) => one[score]));
}

function mean(values: readonly number[]): number {
  return meanAndDeviation(values).mean;
}
