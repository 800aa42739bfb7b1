import { l2Normalize } from "facelab";
import { expect, it } from "vitest";
import { largestDifference, reference } from "./classifiers/samples.js";

it("scales vectors as scikit-learn's Normalizer does, and leaves zero at zero", () => {
  const { x, normalized } = reference<{ x: number[][]; normalized: number[][] }>("normalizer");
  x.forEach((row, i) => {
    const given = Float32Array.from(row);
    expect(largestDifference(l2Normalize(given), normalized[i]!)).toBeLessThan(1e-7);
    expect([...given]).toEqual(row);
  });
});

it("neither overflows nor underflows", () => {
  expect([...l2Normalize(Float32Array.of(3e38, 0))]).toEqual([1, 0]);
  expect([...l2Normalize(Float32Array.of(0, -1e-44))]).toEqual([0, -1]);
});
