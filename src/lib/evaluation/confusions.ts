import { confusionMatrix } from "../metrics/confusion-matrix.js";
import { answersOf } from "./answers-of.js";
import type { Evaluation } from "./evaluate.js";

/** How often a classifier answered one person's faces in one way. */
export interface Confusion {
  readonly classifier: string;
  readonly label: string;
  readonly answer: "person" | "unknown";
  /** Empty for `unknown`. */
  readonly predicted: string;
  readonly count: number;
}

/** The confusion matrices of all classifiers as a list of the counts that are not zero, of the faces found, all repeats together. */
export function confusions({ classifiers, records }: Evaluation): Confusion[] {
  return classifiers
    .flatMap(({ name }) => {
      const { truth, predicted } = answersOf(records.filter(({ classifier }) => classifier === name));
      if (truth.length === 0) return [];
      const { labels, counts, unknown } = confusionMatrix(truth, predicted);
      return labels.flatMap((label, row) => [
        ...labels.map((other, column) => ({
          classifier: name,
          label,
          answer: "person" as const,
          predicted: other,
          count: counts[row]![column]!,
        })),
        { classifier: name, label, answer: "unknown" as const, predicted: "", count: unknown[row]! },
      ]);
    })
    .filter(({ count }) => count > 0);
}
