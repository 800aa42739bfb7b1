import type { Answer } from "../metrics/answers.js";
import type { EvaluationRecord } from "./evaluate.js";

/** What a classifier was asked and what it said, as the metrics take it. */
export interface Answers {
  readonly truth: readonly string[];
  /** `null` where it named nobody. */
  readonly predicted: readonly Answer[];
}

/** The answers about the photos with a face, in the order of the records; several repeats of a photo are several answers. */
export function answersOf(records: readonly EvaluationRecord[]): Answers {
  const asked = records.filter(({ answer }) => answer !== "none");
  return {
    truth: asked.map(({ label }) => label),
    predicted: asked.map(({ answer, predicted }) => (answer === "person" ? predicted : null)),
  };
}
