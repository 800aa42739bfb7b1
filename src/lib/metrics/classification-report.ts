import { requireInteger } from "../errors.js";
import type { Answer } from "./answers.js";
import type { LabelsOptions } from "./confusion-matrix.js";
import { formatFixed } from "./format-fixed.js";
import {
  type LabelScores,
  precisionRecallFscoreSupport,
  type Scores,
  scores,
} from "./precision-recall-fscore-support.js";

/** What {@link classificationReport} tells, as numbers. A list, not a record: a person may be called "accuracy". */
export interface ClassificationReport {
  readonly labels: readonly LabelScores[];
  /** Part of all answers that are right; the same as `micro.recall`. */
  readonly accuracy: number;
  /** Over all samples at once; precision is higher than recall where some answers named nobody. */
  readonly micro: Scores;
  /** Mean over the labels. */
  readonly macro: Scores;
  /** Mean over the labels, weighted by support. */
  readonly weighted: Scores;
  /** Answers that named nobody. */
  readonly unknown: number;
}

/**
 * Precision, recall, F1 and support of each label and on average (scikit-learn's `classification_report`, `zero_division=0`).
 * @throws InputError as `confusionMatrix`.
 */
export function classificationReport(
  truth: readonly string[],
  predicted: readonly Answer[],
  options: LabelsOptions = {},
): ClassificationReport {
  const labels = precisionRecallFscoreSupport(truth, predicted, options);
  const support = truth.length;
  const unknown = predicted.filter((answer) => answer === null).length;
  const hits = truth.filter((label, i) => label === predicted[i]).length;
  const average = (weights: readonly number[]): Scores => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const mean = (key: "precision" | "recall" | "f1Score"): number =>
      labels.reduce((sum, label, i) => sum + weights[i]! * label[key], 0) / total;
    return { precision: mean("precision"), recall: mean("recall"), f1Score: mean("f1Score"), support };
  };
  return {
    labels,
    accuracy: hits / support,
    micro: scores(hits, support - unknown, support),
    macro: average(labels.map(() => 1)),
    weighted: average(labels.map((label) => label.support)),
    unknown,
  };
}

export interface FormatReportOptions {
  /** Decimals, 0..20. @default 2 */
  readonly digits?: number;
}

/**
 * A report in scikit-learn's layout, letter for letter; it ends with a line feed.
 *
 * As there, the line `accuracy` becomes `micro avg` where some answers named nobody (its recall is the accuracy), and columns
 * are padded by code points: wide letters and labels with line feeds shift them. Unlike there, support is a whole number even where
 * no answer is right.
 * @throws InputError on `digits`.
 */
export function formatClassificationReport(
  report: ClassificationReport,
  options: FormatReportOptions = {},
): string {
  const digits = requireInteger("digits", options.digits ?? 2, 0, 20);
  const lengths = report.labels.map(({ label }) => codePoints(label));
  const width = lengths.reduce((a, b) => Math.max(a, b), Math.max("weighted avg".length, digits));
  const line = (name: string, cells: readonly string[]): string =>
    `${" ".repeat(width - codePoints(name))}${name} ${cells.map((cell) => ` ${cell.padStart(9)}`).join("")}\n`;
  const row = (name: string, { precision, recall, f1Score, support }: Scores): string =>
    line(name, [...[precision, recall, f1Score].map((score) => formatFixed(score, digits)), String(support)]);
  const { accuracy, micro } = report;
  return [
    line("", ["precision", "recall", "f1-score", "support"]),
    "\n",
    ...report.labels.map((scores) => row(scores.label, scores)),
    "\n",
    report.unknown > 0
      ? row("micro avg", micro)
      : line("accuracy", ["", "", formatFixed(accuracy, digits), String(micro.support)]),
    row("macro avg", report.macro),
    row("weighted avg", report.weighted),
  ].join("");
}

function codePoints(text: string): number {
  return [...text].length;
}
