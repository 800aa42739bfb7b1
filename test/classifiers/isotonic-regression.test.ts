import { heightAt, InputError, isotonicRegression } from "facelab";
import { expect, it } from "vitest";
import { reference } from "./samples.js";

interface Reference {
  name: string;
  values: number[];
  targets: number[];
  xs: number[];
  ys: number[];
  asked: number[];
  heights: number[];
}

const references = reference<Reference[]>("isotonic");

function expectClose(actual: ArrayLike<number>, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)));
  });
}

it.each(references)("finds scikit-learn's curve: $name", ({ values, targets, xs, ys, asked, heights }) => {
  const curve = isotonicRegression(values, targets);
  expectClose(curve.xs, xs);
  expectClose(curve.ys, ys);
  expectClose(
    asked.map((x) => heightAt(curve, x)),
    heights,
  );
});

it("does not depend on the order of the points", () => {
  const { values, targets } = references[0]!;
  const reversed = isotonicRegression([...values].reverse(), [...targets].reverse());
  expect(reversed).toEqual(isotonicRegression(values, targets));
});

it("pools neighbours that fall, and is straight between the blocks", () => {
  const curve = isotonicRegression([1, 2, 3, 5], [0, 1, 0, 1]);
  expect([...curve.xs]).toEqual([1, 2, 3, 5]);
  expect([...curve.ys]).toEqual([0, 0.5, 0.5, 1]);
  expect([0, 1.5, 2.5, 4, 9].map((x) => heightAt(curve, x))).toEqual([0, 0.25, 0.5, 0.75, 1]);
});

it("refuses what is no point", () => {
  expect(() => isotonicRegression([], [])).toThrow(
    new InputError("invalid points: 0 values, 0 targets (must be as many, and at least one)"),
  );
  expect(() => isotonicRegression([1], [1, 0])).toThrow(InputError);
  expect(() => isotonicRegression([Number.NaN], [1])).toThrow(
    new InputError("invalid point: NaN (must be finite)"),
  );
  expect(() => isotonicRegression([1], [Number.POSITIVE_INFINITY])).toThrow(InputError);
});
