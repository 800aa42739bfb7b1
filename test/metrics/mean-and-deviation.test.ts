import { meanAndDeviation } from "facelab";
import { describe, expect, it } from "vitest";

describe("meanAndDeviation", () => {
  it("divides the squares by n - 1", () => {
    // Squares about 5 sum to 32, so the sample variance is 32 / 7 (32 / 8 = 4 would be the population's).
    const { mean, deviation } = meanAndDeviation([2, 4, 4, 4, 5, 5, 7, 9]);
    expect(mean).toBe(5);
    expect(deviation).toBeCloseTo(Math.sqrt(32 / 7), 14);
    expect(meanAndDeviation([0.25, 0.25, 0.25])).toEqual({ mean: 0.25, deviation: 0 });
  });

  it("keeps a small deviation about a large mean", () => {
    // A formula of sums of squares loses this one to rounding.
    expect(meanAndDeviation([1e9, 1e9 + 1, 1e9 + 2]).deviation).toBeCloseTo(1, 12);
  });

  it("has no deviation of one value, and nothing of none", () => {
    expect(meanAndDeviation([0.5])).toEqual({ mean: 0.5, deviation: Number.NaN });
    expect(meanAndDeviation([])).toEqual({ mean: Number.NaN, deviation: Number.NaN });
  });
});
