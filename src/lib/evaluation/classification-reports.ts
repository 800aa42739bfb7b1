import { classificationReport, formatClassificationReport } from "../metrics/classification-report.js";
import { answersOf } from "./answers-of.js";
import type { Evaluation } from "./evaluate.js";

/**
 * Precision, recall, F1 and support of each person, in scikit-learn's layout, of every classifier that was run; on the faces found, all
 * repeats together, so that support counts a photo as often as it was asked about.
 * @returns name and text of each, in the order of the classifiers.
 */
export function classificationReports({ classifiers, records }: Evaluation): [string, string][] {
  return classifiers.flatMap(({ name }) => {
    const { truth, predicted } = answersOf(records.filter(({ classifier }) => classifier === name));
    if (truth.length === 0) return [];
    return [[name, formatClassificationReport(classificationReport(truth, predicted), { digits: 3 })]];
  });
}
