import {
  correctedResampledTTest,
  holm,
  InputError,
  mcnemar,
  studentTSurvival,
  wilsonInterval,
} from "facelab";
import { describe, expect, it } from "vitest";
import { normalQuantile } from "../../src/lib/dist/metrics/normal-quantile.js";
import { expectAllClose, expectClose, reference } from "./reference.js";

const expected = reference<{
  wilson: { k: number; n: number; level: number; interval: [number, number] }[];
  quantiles: { p: number; x: number }[];
  tails: { t: number; df: number; sf: number }[];
  resampled: {
    differences: number[];
    train: number;
    test: number;
    mean: number;
    statistic: number;
    pValue: number;
  }[];
  mcnemar: { b: number; c: number; pValue: number }[];
  holm: { pValues: number[]; adjusted: number[] }[];
}>("significance");

describe("wilsonInterval", () => {
  it("equals the roots of its equation", () => {
    for (const { k, n, level, interval } of expected.wilson) {
      const { low, high } = wilsonInterval(k, n, level);
      expectAllClose([low, high], interval);
    }
  });

  it("is 95 % by default, and exact at the ends", () => {
    // Newcombe, Statistics in Medicine 17, 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    const published: [number, number, number, number][] = [
      [81, 263, 0.2553, 0.3662],
      [15, 148, 0.0624, 0.1605],
      [0, 20, 0, 0.1611],
      [1, 29, 0.0061, 0.1718],
    ];
    for (const [k, n, low, high] of published) {
      const interval = wilsonInterval(k, n);
      expect(interval.low).toBeCloseTo(low, 4);
      expect(interval.high).toBeCloseTo(high, 4);
    }
    for (let n = 1; n <= 200; n++) {
      expect(wilsonInterval(0, n).low).toBe(0);
      expect(wilsonInterval(n, n).high).toBe(1);
    }
  });

  it("refuses numbers out of range", () => {
    expect(() => wilsonInterval(0, 0)).toThrow(new InputError("invalid n: 0 (must be an integer >= 1)"));
    expect(() => wilsonInterval(5, 4)).toThrow(
      new InputError("invalid successes: 5 (must be an integer in 0..4)"),
    );
    expect(() => wilsonInterval(-1, 4)).toThrow(InputError);
    expect(() => wilsonInterval(0.5, 4)).toThrow(InputError);
    for (const level of [0, 1, 95, Number.NaN]) expect(() => wilsonInterval(1, 4, level)).toThrow(InputError);
  });
});

describe("normalQuantile", () => {
  it.each(expected.quantiles)("equals scipy.stats.norm.ppf: $p", ({ p, x }) => {
    expectClose(normalQuantile(p), x, 1e-13);
  });
});

describe("studentTSurvival", () => {
  it("equals scipy.stats.t.sf, far out in the tail too", () => {
    expect(expected.tails.length).toBeGreaterThan(150);
    expect(expected.tails.some(({ sf }) => sf < 1e-40)).toBe(true);
    for (const { t, df, sf } of expected.tails) expectClose(studentTSurvival(t, df), sf, 1e-10);
  });

  it("is right at the ends", () => {
    expect(studentTSurvival(0, 3)).toBe(0.5);
    expect(studentTSurvival(Number.POSITIVE_INFINITY, 3)).toBe(0);
    expect(studentTSurvival(Number.NEGATIVE_INFINITY, 3)).toBe(1);
    // Cauchy's distribution.
    expectClose(studentTSurvival(1, 1), 0.25, 1e-14);
  });

  it("refuses no number, and no degrees of freedom", () => {
    expect(() => studentTSurvival(1, 0)).toThrow(InputError);
    expect(() => studentTSurvival(Number.NaN, 1)).toThrow(
      new InputError("invalid t: NaN (must be a number)"),
    );
  });
});

describe("correctedResampledTTest", () => {
  it.each(expected.resampled)("equals numpy and scipy: mean $mean, t $statistic", (test) => {
    const result = correctedResampledTTest(test.differences, test.train, test.test);
    expectClose(result.mean, test.mean, 1e-9, 1e-15);
    expectClose(result.statistic, test.statistic);
    expectClose(result.pValue, test.pValue);
    expect(result.degreesOfFreedom).toBe(test.differences.length - 1);
  });

  it("does not depend on who comes first", () => {
    const differences = [0.01, 0.03, -0.01, 0.02];
    const there = correctedResampledTTest(differences, 7, 3);
    const back = correctedResampledTTest(
      differences.map((d) => -d),
      7,
      3,
    );
    expect(back.pValue).toBe(there.pValue);
    expect(back.statistic).toBe(-there.statistic);
  });

  it("has an answer without variance", () => {
    expect(correctedResampledTTest([0, 0, 0], 7, 3)).toEqual({
      mean: 0,
      statistic: 0,
      degreesOfFreedom: 2,
      pValue: 1,
    });
    // The sum of three times 0.1 is not 0.3: a variance of 1e-34 by rounding.
    for (const sign of [1, -1]) {
      const { statistic, pValue } = correctedResampledTTest([0.1 * sign, 0.1 * sign, 0.1 * sign], 7, 3);
      expect(statistic).toBe(sign * Number.POSITIVE_INFINITY);
      expect(pValue).toBe(0);
    }
    // 0.1 + 0.2 - 0.3 is 5.6e-17: nothing that a classifier should win by.
    const rounding = 0.1 + 0.2 - 0.3;
    expect(correctedResampledTTest([rounding, rounding, rounding, 0], 7, 3).pValue).toBe(1);
  });

  it("refuses too little, and what is no number", () => {
    expect(() => correctedResampledTTest([], 7, 3)).toThrow(
      new InputError("invalid differences: 0 (must be at least 2)"),
    );
    expect(() => correctedResampledTTest([0.1], 7, 3)).toThrow(InputError);
    expect(() => correctedResampledTTest([0.1, Number.NaN], 7, 3)).toThrow(
      new InputError("invalid difference: NaN (must be finite)"),
    );
    expect(() => correctedResampledTTest([0.1, 0.2], 0, 3)).toThrow(InputError);
    expect(() => correctedResampledTTest([0.1, 0.2], 7, 0)).toThrow(InputError);
  });
});

describe("mcnemar", () => {
  it.each(expected.mcnemar)("equals the exact binomial test: $b against $c", ({ b, c, pValue }) => {
    expectClose(mcnemar(b, c), pValue);
    expect(mcnemar(c, b)).toBe(mcnemar(b, c));
  });

  it("finds nothing where there is no disagreement, and 2 / 2^6 where all six agree", () => {
    expect(mcnemar(0, 0)).toBe(1);
    expect(mcnemar(0, 6)).toBe(2 / 64);
  });

  it("refuses what is no count", () => {
    expect(() => mcnemar(-1, 2)).toThrow(new InputError("invalid b: -1 (must be an integer >= 0)"));
    expect(() => mcnemar(1, 2.5)).toThrow(InputError);
    expect(() => mcnemar(Number.NaN, 2)).toThrow(InputError);
  });
});

describe("holm", () => {
  it.each(expected.holm)("equals the definition: $pValues", ({ pValues, adjusted }) => {
    const given = [...pValues];
    expectAllClose(holm(pValues), adjusted);
    expect(pValues).toEqual(given);
  });

  it("keeps the order of the p-values and never lets a larger one overtake", () => {
    expect(holm([0.04, 0.01])).toEqual([0.04, 0.02]);
    expect(holm([0.011, 0.02])).toEqual([0.022, 0.022]);
    expect(holm([])).toEqual([]);
  });

  it("refuses what is no probability", () => {
    expect(() => holm([0.1, 1.1])).toThrow(new InputError("invalid p-value: 1.1 (must be in 0..1)"));
    expect(() => holm([Number.NaN])).toThrow(InputError);
    expect(() => holm([-0.1])).toThrow(InputError);
  });
});
