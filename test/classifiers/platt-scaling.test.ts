import { plattScaling } from "facelab";
import { expect, it } from "vitest";
import { reference } from "./samples.js";

interface Reference {
  name: string;
  decisions: number[];
  positives: number[];
  a: number;
  b: number;
}

it.each(reference<Reference[]>("platt"))(
  "finds scikit-learn's sigmoid: $name",
  ({ decisions, positives, a, b }) => {
    const sigmoid = plattScaling(decisions, positives);
    // scikit-learn stops its L-BFGS at gradients of 1e-6.
    expect(Math.abs(sigmoid.a - a)).toBeLessThan(1e-3 * Math.max(1, Math.abs(a)));
    expect(Math.abs(sigmoid.b - b)).toBeLessThan(1e-3 * Math.max(1, Math.abs(b)));
  },
);

it("stays finite on equal decision values and on one class", () => {
  const equal = plattScaling([2, 2, 2, 2], [1, 0, 0, 0]);
  // The smoothed targets' mean: (2/3 + 3 * 1/5) / 4.
  expect(1 / (1 + Math.exp(2 * equal.a + equal.b))).toBeCloseTo((2 / 3 + 3 / 5) / 4, 5);
  const positive = plattScaling([1, 2, 3], [1, 1, 1]);
  expect(Number.isFinite(positive.a) && Number.isFinite(positive.b)).toBe(true);
  expect(1 / (1 + Math.exp(2 * positive.a + positive.b))).toBeCloseTo(4 / 5, 5);
});
