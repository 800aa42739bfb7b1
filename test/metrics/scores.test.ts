import { InputError, logLoss, topKAccuracy } from "facelab";
import { describe, expect, it } from "vitest";
import { expectClose, reference } from "./reference.js";

interface Top {
  labels: string[];
  truth: string[];
  scores: number[][];
  topK: number[];
  default: number;
}

interface Loss {
  name: string;
  labels: string[];
  truth: string[];
  probabilities: number[][];
  logLoss: number;
}

const { top, loss } = reference<{ top: Top[]; loss: Loss[] }>("scores");

describe("topKAccuracy", () => {
  it.each(top)("equals scikit-learn with ties, for every k: $labels.length labels", (expected) => {
    const { truth, scores, labels } = expected;
    for (const [i, value] of expected.topK.entries()) {
      expectClose(topKAccuracy(truth, scores, labels, i + 1), value);
    }
    expect(topKAccuracy(truth, scores, labels)).toBe(expected.default);
  });

  it("has references that depend on k, and on ties", () => {
    const [many] = top;
    expect(new Set(many!.topK).size).toBeGreaterThan(4);
    expect(many!.scores.some((row) => new Set(row).size < row.length)).toBe(true);
  });

  it("gives ties to the later of three labels and to the earlier of two", () => {
    expect(topKAccuracy(["a", "b", "c"], Array(3).fill([1, 1, 1]), ["a", "b", "c"], 1)).toBe(1 / 3);
    expect(topKAccuracy(["c"], [[1, 1, 1]], ["a", "b", "c"], 1)).toBe(1);
    expect(topKAccuracy(["a"], [[0.5, 0.5]], ["a", "b"], 1)).toBe(1);
    expect(topKAccuracy(["b"], [[0.5, 0.5]], ["a", "b"], 1)).toBe(0);
  });

  it("is 1 for a single label", () => {
    expect(topKAccuracy(["a"], [Float64Array.of(1)], ["a"])).toBe(1);
  });

  it("refuses what it cannot count", () => {
    const message = "invalid truth: no labels (must be at least one)";
    expect(() => topKAccuracy([], [], ["a"])).toThrow(new InputError(message));
    expect(() => topKAccuracy(["a"], [], ["a"])).toThrow(InputError);
    expect(() => topKAccuracy(["a"], [[1, 2, 3]], ["a", "b"])).toThrow(
      new InputError("invalid scores: row 0 has 3 (must be 2, one a label)"),
    );
    expect(() => topKAccuracy(["c"], [[1, 2]], ["a", "b"])).toThrow(InputError);
    expect(() => topKAccuracy(["a"], [[1, 2]], ["a", "a"])).toThrow(InputError);
    expect(() => topKAccuracy(["a"], [[1, Number.NaN]], ["a", "b"])).toThrow(InputError);
    expect(() => topKAccuracy(["a"], [[1, 2]], ["a", "b"], 0)).toThrow(
      new InputError("invalid k: 0 (must be an integer >= 1)"),
    );
  });
});

describe("logLoss", () => {
  it.each(loss)("equals scikit-learn: $name", (expected) => {
    // 1e-15 for the loss of a sure and right answer, -ln(1 - eps).
    const actual = logLoss(expected.truth, expected.probabilities, expected.labels);
    expectClose(actual, expected.logLoss, 1e-9, 1e-15);
  });

  it("clips a probability of 0 to 2^-52", () => {
    expectClose(logLoss(["a"], [[0, 1]], ["a", "b"]), 52 * Math.LN2, 1e-15);
  });

  it("takes labels in any order, and one alone", () => {
    expectClose(logLoss(["a"], [[0.75, 0.25]], ["b", "a"]), Math.log(4), 1e-15);
    // 1 is clipped too.
    expect(logLoss(["a"], [[1]], ["a"])).toBe(-Math.log(1 - 2 ** -52));
  });

  it("takes a softmax of 32 bits", () => {
    const row = Float32Array.of(0.1, 0.2, 0.7);
    expectClose(logLoss(["c"], [row], ["a", "b", "c"]), -Math.log(0.7), 1e-6);
  });

  it("refuses what is no distribution over the labels", () => {
    expect(() => logLoss([], [], ["a"])).toThrow(InputError);
    expect(() => logLoss(["a"], [], ["a"])).toThrow(
      new InputError("invalid probabilities: 0 answers (must be 1, one for each true label)"),
    );
    expect(() => logLoss(["a"], [[1]], ["a", "b"])).toThrow(InputError);
    expect(() => logLoss(["c"], [[0.5, 0.5]], ["a", "b"])).toThrow(InputError);
    expect(() => logLoss(["a"], [[0.5, 0.5]], ["a", "a"])).toThrow(InputError);
    expect(() => logLoss(["a"], [[0.5, 0.499]], ["a", "b"])).toThrow(InputError);
    expect(() => logLoss(["a"], [[1.5, -0.5]], ["a", "b"])).toThrow(
      new InputError("invalid probabilities: 1.5 in row 0 (must be in 0..1)"),
    );
    expect(() => logLoss(["a"], [[Number.NaN, 1]], ["a", "b"])).toThrow(InputError);
  });
});
