import { readFileSync } from "node:fs";
import { InputError, principalComponents } from "facelab";
import { describe, expect, it } from "vitest";

interface Case {
  readonly rows: number[][];
  readonly count: number;
  readonly mean: number[];
  readonly components: number[][];
  readonly explainedVariance: number[];
  readonly explainedVarianceRatio: number[];
  readonly query: number[];
  readonly transformed: number[];
}

const cases: Case[] = JSON.parse(
  readFileSync(new URL("../reference/classifiers/pca.json", import.meta.url), "utf8"),
);

const closeTo = (actual: ArrayLike<number>, expected: readonly number[]): void => {
  expect(actual.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 9);
};

describe("principalComponents", () => {
  it.each(
    cases.map((one) => [`${one.rows.length} x ${one.mean.length}, ${one.count} of them`, one] as const),
  )("are scikit-learn's: %s", (_, { rows, count, mean, components, query, transformed, ...variances }) => {
    const found = principalComponents(Float64Array.from(rows.flat()), mean.length, count);
    closeTo(found.mean, mean);
    closeTo(found.explainedVariance, variances.explainedVariance);
    closeTo(found.explainedVarianceRatio, variances.explainedVarianceRatio);
    closeTo(found.components, components.flat());
    closeTo(found.transform(query), transformed);
  });

  it("finds no more directions than the points spread in", () => {
    // Four points in a plane, of five numbers each.
    const plane = [0, 0, 1, 0, 2, 1, 0, 1, 0, 2, 0, 3, 1, 3, 2, 4, 0, 1, 0, 2];
    expect(principalComponents(Float64Array.from(plane), 5, 4).explainedVariance).toHaveLength(2);
    const point = principalComponents(Float64Array.of(3, 4, 5), 3, 2);
    expect([...point.mean]).toEqual([3, 4, 5]);
    expect(point.components).toHaveLength(0);
    expect(point.transform([1, 2, 3])).toHaveLength(0);
    const same = Float64Array.from({ length: 12 }, (_, i) => 0.1 * (i % 3));
    expect(principalComponents(same, 3, 3).components).toHaveLength(0);
  });

  it.each([
    [new Float64Array(0), 3, 1, "invalid rows: 0 numbers"],
    [new Float64Array(7), 3, 1, "invalid rows: 7 numbers (must be a multiple of 3, and some)"],
    [new Float64Array(6), 3, 0, "invalid count: 0"],
    [new Float64Array(6), 0, 1, "invalid dimensions: 0"],
  ])("refuses %s numbers in rows of %d, %d components", (rows, dimensions, count, problem) => {
    expect(() => principalComponents(rows, dimensions, count)).toThrow(InputError);
    expect(() => principalComponents(rows, dimensions, count)).toThrow(problem);
  });
});
