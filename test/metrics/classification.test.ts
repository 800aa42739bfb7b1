import {
  type Answer,
  accuracy,
  balancedAccuracy,
  classificationReport,
  confusionMatrix,
  formatClassificationReport,
  InputError,
  macroF1,
  precisionRecallFscoreSupport,
  type Scores,
} from "facelab";
import { describe, expect, it } from "vitest";
import { formatFixed } from "../../src/lib/dist/metrics/format-fixed.js";
import { expectAllClose, expectClose, reference } from "./reference.js";

interface Case {
  name: string;
  truth: string[];
  predicted: Answer[];
  given: string[] | null;
  labels: string[];
  accuracy: number;
  balancedAccuracy: number;
  macroF1: number;
  counts: number[][];
  unknown: number[];
  precision: number[];
  recall: number[];
  f1Score: number[];
  support: number[];
  averages: Record<"micro" | "macro" | "weighted", number[]>;
  reports: Record<string, string>;
}

const cases = reference<Case[]>("classification");

describe.each(cases)("equals scikit-learn: $name", (expected) => {
  const { truth, predicted } = expected;
  const options = expected.given ? { labels: expected.given } : {};

  it("accuracies and macro F1", () => {
    expectClose(accuracy(truth, predicted), expected.accuracy);
    expectClose(balancedAccuracy(truth, predicted), expected.balancedAccuracy);
    expectClose(macroF1(truth, predicted, options), expected.macroF1);
  });

  it("confusion matrix", () => {
    const { labels, counts, unknown } = expected;
    expect(confusionMatrix(truth, predicted, options)).toEqual({ labels, counts, unknown });
  });

  it("scores of each label", () => {
    const scores = precisionRecallFscoreSupport(truth, predicted, options);
    expect(scores.map(({ label }) => label)).toEqual(expected.labels);
    expect(scores.map(({ support }) => support)).toEqual(expected.support);
    for (const key of ["precision", "recall", "f1Score"] as const) {
      expectAllClose(
        scores.map((score) => score[key]),
        expected[key],
      );
    }
  });

  it("report", () => {
    const report = classificationReport(truth, predicted, options);
    const numbers = ({ precision, recall, f1Score }: Scores): number[] => [precision, recall, f1Score];
    for (const average of ["micro", "macro", "weighted"] as const) {
      expectAllClose(numbers(report[average]), expected.averages[average]);
      expect(report[average].support).toBe(truth.length);
    }
    expectClose(report.accuracy, expected.accuracy);
    expect(report.unknown).toBe(predicted.filter((answer) => answer === null).length);
    expect(report.labels).toEqual(precisionRecallFscoreSupport(truth, predicted, options));
    for (const [digits, text] of Object.entries(expected.reports)) {
      expect(formatClassificationReport(report, { digits: Number(digits) })).toBe(text);
    }
    expect(formatClassificationReport(report)).toBe(expected.reports["2"]);
  });
});

it("has the degenerate cases among the references", () => {
  expect(cases.some(({ labels }) => labels.length === 1)).toBe(true);
  expect(cases.some(({ support }) => support.includes(0))).toBe(true);
  expect(cases.some(({ unknown }) => unknown.some((count) => count > 0))).toBe(true);
  expect(cases.some(({ reports }) => reports["2"]!.includes("micro avg"))).toBe(true);
});

it("counts by hand", () => {
  const truth = ["b", "a", "b", "a", "b"];
  const predicted = ["b", "b", "a", null, "b"];
  expect(accuracy(truth, predicted)).toBe(0.4);
  expect(balancedAccuracy(truth, predicted)).toBe(1 / 3);
  expect(confusionMatrix(truth, predicted)).toEqual({
    labels: ["a", "b"],
    counts: [
      [0, 1],
      [1, 2],
    ],
    unknown: [1, 0],
  });
});

it("keeps a person called unknown, or nothing, apart from nobody", () => {
  const { labels, counts, unknown } = confusionMatrix(["unknown", "", "a"], ["unknown", "", null]);
  expect(labels).toEqual(["", "a", "unknown"]);
  expect(counts.map((row, i) => row[i])).toEqual([1, 0, 1]);
  expect(unknown).toEqual([0, 1, 0]);
});

it("sorts by code point, not by UTF-16 unit", () => {
  expect(confusionMatrix(["😀", "ｆ", "a"], [null, null, null]).labels).toEqual(["a", "ｆ", "😀"]);
});

it("does not change its inputs and shares no list with them", () => {
  const labels = Object.freeze(["b", "a"]);
  const matrix = confusionMatrix(Object.freeze(["a"]), Object.freeze(["b"]), { labels });
  expect(matrix.labels).toEqual(labels);
  expect(matrix.labels).not.toBe(labels);
});

describe("formatFixed", () => {
  it("rounds exact halves to even, everything else to the nearest", () => {
    expect([0.125, 0.375, 0.625, 0.875].map((value) => formatFixed(value, 2))).toEqual([
      "0.12",
      "0.38",
      "0.62",
      "0.88",
    ]);
    expect([0.5, 0.5000000000000001, 0, 1].map((value) => formatFixed(value, 0))).toEqual([
      "0",
      "1",
      "0",
      "1",
    ]);
    // 0.005 and 0.045 are no exact halves in binary: 0.005000000000000000104..., 0.0449999999999999983...
    expect([0.005, 0.045, 0.12500000000000003].map((value) => formatFixed(value, 2))).toEqual([
      "0.01",
      "0.04",
      "0.13",
    ]);
  });
});

describe.each(
  Object.entries({
    accuracy,
    balancedAccuracy,
    macroF1,
    confusionMatrix,
    precisionRecallFscoreSupport,
    classificationReport,
  }),
)("%s refuses", (_, metric: (truth: string[], predicted: Answer[]) => unknown) => {
  it("no labels and lists of different lengths", () => {
    expect(() => metric([], [])).toThrow(new InputError("invalid truth: no labels (must be at least one)"));
    const message = "invalid predicted: 1 answers (must be 2, one for each true label)";
    expect(() => metric(["a", "b"], ["a"])).toThrow(new InputError(message));
    expect(() => metric(["a"], ["a", "b"])).toThrow(InputError);
  });
});

describe.each(
  Object.entries({ macroF1, confusionMatrix, precisionRecallFscoreSupport, classificationReport }),
)(
  "%s refuses",
  (_, metric: (truth: string[], predicted: Answer[], options: { labels: string[] }) => unknown) => {
    it("labels that are double, none, or too few", () => {
      const message = "invalid labels: a is there twice (must be distinct)";
      expect(() => metric(["a"], ["a"], { labels: ["a", "b", "a"] })).toThrow(new InputError(message));
      expect(() => metric(["a"], ["a"], { labels: [] })).toThrow(InputError);
      const unknown = "unknown label: b (must be one of the 1 given labels)";
      expect(() => metric(["b"], ["a"], { labels: ["a"] })).toThrow(new InputError(unknown));
      expect(() => metric(["a"], ["b"], { labels: ["a"] })).toThrow(new InputError(unknown));
    });
  },
);

it("formatClassificationReport refuses digits that are none", () => {
  const report = classificationReport(["a"], ["a"]);
  for (const digits of [-1, 1.5, 21, Number.NaN]) {
    expect(() => formatClassificationReport(report, { digits })).toThrow(InputError);
  }
});
