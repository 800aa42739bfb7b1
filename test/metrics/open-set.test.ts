import {
  bootstrapPValue,
  detectionIdentificationRate,
  falsePositiveIdentificationRate,
  InputError,
  identificationThreshold,
} from "facelab";
import { describe, expect, it } from "vitest";
import { expectClose, reference } from "./reference.js";

interface Reference {
  readonly cases: readonly {
    readonly name: string;
    readonly strangers: readonly (number | null)[];
    readonly test: readonly (number | null)[];
    readonly enrolled: readonly (number | null)[];
    readonly right: readonly boolean[];
    readonly points: readonly {
      readonly fpir: number;
      readonly threshold: number | null;
      readonly reached: number;
      readonly testFpir: number;
      readonly dir: number;
      readonly sufficient: boolean;
    }[];
  }[];
  readonly pValues: readonly { readonly differences: readonly number[]; readonly pValue: number }[];
}

/** Made by test/reference/metrics/make_open_set.py. */
const { cases, pValues } = reference<Reference>("open-set");

const scores = (values: readonly (number | null)[]): number[] =>
  values.map((value) => value ?? Number.NEGATIVE_INFINITY);

describe.each(cases)("$name", ({ strangers, test, enrolled, right, points }) => {
  it.each(points)("has numpy's threshold and rates at $fpir", (expected) => {
    const found = identificationThreshold(scores(strangers), expected.fpir);
    expect(found.threshold).toBe(expected.threshold ?? Number.POSITIVE_INFINITY);
    expectClose(found.fpir, expected.reached);
    expect(found.fpir).toBeLessThanOrEqual(expected.fpir);
    expect(found.sufficient).toBe(expected.sufficient);
    expectClose(falsePositiveIdentificationRate(scores(test), found.threshold), expected.testFpir);
    const probes = scores(enrolled).map((score, i) => ({ score, right: right[i]! }));
    expectClose(detectionIdentificationRate(probes, found.threshold), expected.dir);
  });
});

it("has thresholds that name nobody, ties, and both verdicts on the number of strangers among the references", () => {
  const points = cases.flatMap((one) => one.points);
  expect(points.some(({ threshold }) => threshold === null)).toBe(true);
  expect(points.some(({ sufficient, reached, fpir }) => sufficient && reached < fpir - 0.02)).toBe(true);
  expect(new Set(points.map(({ sufficient }) => sufficient)).size).toBe(2);
});

describe("identificationThreshold", () => {
  it("lets in as many strangers as asked for, and equal scores together", () => {
    const strangers = [0.1, 0.9, 0.5, 0.7, 0.3, 0.2, 0.4, 0.6, 0.8, 0];
    expect(identificationThreshold(strangers, 0.3)).toEqual({ threshold: 0.7, fpir: 0.3, sufficient: true });
    expect(identificationThreshold(strangers, 0.29)).toEqual({
      threshold: 0.8,
      fpir: 0.2,
      sufficient: false,
    });
    expect(identificationThreshold([1, 1, 1, 0], 0.5).threshold).toBe(Number.POSITIVE_INFINITY);
    expect(identificationThreshold([1, 1, 1, 0], 0.75).threshold).toBe(1);
  });

  it("counts exactly where a product of floating-point numbers would not", () => {
    const hundred = Array.from({ length: 100 }, (_, i) => i);
    // 100 * 0.29 is 28.999999999999996.
    expect(identificationThreshold(hundred, 0.29).fpir).toBe(0.29);
  });

  it("never takes the lack of a candidate for a score", () => {
    const silent = Array.from({ length: 9 }, () => Number.NEGATIVE_INFINITY);
    expect(identificationThreshold([...silent, 0.4], 1)).toMatchObject({ threshold: 0.4, fpir: 0.1 });
    expect(identificationThreshold(silent, 1)).toMatchObject({
      threshold: Number.POSITIVE_INFINITY,
      fpir: 0,
    });
  });

  it("refuses what cannot be", () => {
    expect(() => identificationThreshold([], 0.1)).toThrow(
      new InputError("invalid strangers: 0 (must be at least one)"),
    );
    expect(() => identificationThreshold([1], 0)).toThrow(InputError);
    expect(() => identificationThreshold([1], 1.1)).toThrow(InputError);
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => identificationThreshold([1, wrong], 0.5)).toThrow(
        new InputError(`invalid score: ${wrong} (must be finite, or -Infinity)`),
      );
    }
  });
});

describe("the rates", () => {
  it("name nobody without a candidate, even where everybody may be named", () => {
    const silent = Number.NEGATIVE_INFINITY;
    expect(falsePositiveIdentificationRate([silent, 0.1], silent)).toBe(0.5);
    const probes = [
      { score: silent, right: true },
      { score: 0.1, right: true },
      { score: 0.2, right: false },
      { score: 0.3, right: true },
    ];
    expect(detectionIdentificationRate(probes, silent)).toBe(0.5);
    expect(detectionIdentificationRate(probes, 0.3)).toBe(0.25);
  });

  it("refuse nothing at all, and what is no number", () => {
    expect(() => falsePositiveIdentificationRate([], 0)).toThrow(InputError);
    expect(() => detectionIdentificationRate([], 0)).toThrow(InputError);
    expect(() => falsePositiveIdentificationRate([0, Number.NaN], 0)).toThrow(
      new InputError("invalid score: NaN (must be a number)"),
    );
    expect(() => detectionIdentificationRate([{ score: 0, right: true }], Number.NaN)).toThrow(InputError);
  });
});

describe("bootstrapPValue", () => {
  it.each(pValues)("is numpy's: $pValue", ({ differences, pValue }) => {
    expectClose(bootstrapPValue(differences), pValue);
  });

  it("has no side, and is never 0", () => {
    const one = Array.from({ length: 99 }, (_, i) => i + 1);
    expect(bootstrapPValue(one)).toBe(0.02);
    expect(bootstrapPValue(one.map((value) => -value))).toBe(0.02);
  });

  it("refuses nothing at all, and what is not finite", () => {
    expect(() => bootstrapPValue([])).toThrow(InputError);
    expect(() => bootstrapPValue([1, Number.NaN])).toThrow(
      new InputError("invalid difference: NaN (must be finite)"),
    );
  });
});
