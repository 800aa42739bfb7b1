import { brierScore, calibrationCurve, expectedCalibrationError, InputError, squaredError } from "facelab";
import { describe, expect, it } from "vitest";
import { expectAllClose, expectClose, reference } from "./reference.js";

interface Brier {
  name: string;
  labels: string[];
  truth: string[];
  probabilities: number[][];
  auto: number;
  half: number;
  whole: number;
}

interface Curves {
  name: string;
  confidences: number[];
  right: boolean[];
  curves: {
    bins: number;
    strategy: "uniform" | "quantile";
    confidence: number[];
    right: number[];
    ece: number;
  }[];
}

const { brier, curves } = reference<{ brier: Brier[]; curves: Curves[] }>("calibration");

describe("brierScore", () => {
  it.each(brier)("equals scikit-learn on every scale: $name", (expected) => {
    const { truth, probabilities, labels } = expected;
    expectClose(brierScore(truth, probabilities, labels), expected.auto);
    expectClose(brierScore(truth, probabilities, labels, { scaleByHalf: true }), expected.half);
    expectClose(brierScore(truth, probabilities, labels, { scaleByHalf: false }), expected.whole);
  });

  it("is the mean of what each answer adds", () => {
    const { truth, probabilities, labels, whole } = brier[0]!;
    const added = probabilities.map((row, i) => squaredError(row, labels.indexOf(truth[i]!)));
    expectClose(added.reduce((sum, one) => sum + one, 0) / added.length, whole);
  });

  it("is 0 for who is sure and right, 2 for who is sure and wrong, and halved for two people", () => {
    expect(brierScore(["a"], [[1, 0, 0]], ["a", "b", "c"])).toBe(0);
    expect(brierScore(["b"], [[1, 0, 0]], ["a", "b", "c"])).toBe(2);
    expect(brierScore(["b"], [[1, 0]], ["a", "b"])).toBe(1);
    expect(brierScore(["a"], [[0.75, 0.25]], ["a", "b"])).toBe(0.0625);
  });

  it("refuses what is no distribution over the labels", () => {
    expect(() => brierScore([], [], ["a"])).toThrow(InputError);
    expect(() => brierScore(["a"], [], ["a"])).toThrow(InputError);
    expect(() => brierScore(["c"], [[0.5, 0.5]], ["a", "b"])).toThrow(InputError);
    expect(() => brierScore(["a"], [[0.5, 0.4]], ["a", "b"])).toThrow(
      new InputError("invalid probabilities: row 0 sums to 0.9 (must be 1)"),
    );
  });
});

describe.each(curves)("on confidences: $name", ({ confidences, right, curves: expected }) => {
  it("calibrationCurve equals scikit-learn, and leaves no answer out", () => {
    for (const { bins, strategy, ...points } of expected) {
      const curve = calibrationCurve(confidences, right, { bins, strategy });
      expectAllClose(
        curve.map(({ confidence }) => confidence),
        points.confidence,
      );
      expectAllClose(
        curve.map((bin) => bin.right),
        points.right,
      );
      expect(curve.reduce((sum, { count }) => sum + count, 0)).toBe(confidences.length);
    }
  });

  it("expectedCalibrationError equals its definition", () => {
    for (const { bins, strategy, ece } of expected) {
      expectClose(expectedCalibrationError(confidences, right, { bins, strategy }), ece, 1e-9, 1e-15);
    }
  });
});

describe("calibrationCurve and expectedCalibrationError", () => {
  it("have references with errors of all sizes", () => {
    const errors = curves.flatMap((one) => one.curves.map(({ ece }) => ece));
    expect(Math.min(...errors)).toBeLessThan(0.1);
    expect(Math.max(...errors)).toBeGreaterThan(0.3);
  });

  it("put an edge into the lower bin, and 0 into the first", () => {
    const curve = calibrationCurve([0, 0.5, 0.51, 1], [false, true, true, true], { bins: 2 });
    expect(curve).toEqual([
      { confidence: 0.25, right: 0.5, count: 2 },
      { confidence: 0.755, right: 1, count: 2 },
    ]);
  });

  it("have 15 bins of one width by default", () => {
    const { confidences, right, curves: all } = curves[0]!;
    const { ece } = all.find(({ bins, strategy }) => bins === 15 && strategy === "uniform")!;
    expectClose(expectedCalibrationError(confidences, right), ece);
  });

  it("cancel nothing out between bins", () => {
    // Too sure above, not sure enough below: the means agree, the bins do not.
    const confidences = [0.25, 0.25, 0.75, 0.75];
    const right = [true, true, false, false];
    expect(expectedCalibrationError(confidences, right, { bins: 2 })).toBe(0.75);
    expect(expectedCalibrationError(confidences, right, { bins: 1 })).toBe(0);
  });

  it("refuse what they cannot put into bins", () => {
    expect(() => calibrationCurve([], [])).toThrow(
      new InputError("invalid confidences: 0 for 0 answers (must be one for each, and at least one)"),
    );
    expect(() => calibrationCurve([0.5], [true, false])).toThrow(InputError);
    expect(() => calibrationCurve([1.5], [true])).toThrow(
      new InputError("invalid confidence: 1.5 (must be in 0..1)"),
    );
    expect(() => calibrationCurve([Number.NaN], [true])).toThrow(InputError);
    expect(() => calibrationCurve([0.5], [true], { bins: 0 })).toThrow(
      new InputError("invalid bins: 0 (must be an integer >= 1)"),
    );
    expect(() => calibrationCurve([0.5], [true], { strategy: "equal" as "uniform" })).toThrow(InputError);
    expect(() => expectedCalibrationError([0.5], [])).toThrow(InputError);
  });
});
