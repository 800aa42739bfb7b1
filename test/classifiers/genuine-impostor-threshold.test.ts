import { describe, expect, it } from "vitest";
import {
  costing,
  genuineCost,
  genuineImpostorThreshold,
} from "../../src/lib/dist/classifiers/genuine-impostor-threshold.js";

const learned = (genuine: readonly number[], impostor: readonly number[], cost?: number) =>
  genuineImpostorThreshold(Float64Array.from(genuine), Float64Array.from(impostor), cost);

describe("genuineImpostorThreshold", () => {
  it("lies in the middle of the gap", () => {
    const { threshold, ...rates } = learned([0.9, 0.8, 0.7], [0.1, 0.4, 0.3]);
    expect(threshold).toBeCloseTo(0.55, 12);
    expect(rates).toEqual({ falseAcceptRate: 0, falseRejectRate: 0 });
  });

  it("takes the widest of equally good gaps, and the highest of equally wide ones", () => {
    // Either no stranger and half of the genuine scores, or half of the strangers and all genuine ones.
    expect(learned([0.5, 0.5, 0.9, 0.9], [0.1, 0.6, 0.6, 0.2])).toEqual({
      threshold: 0.75,
      falseAcceptRate: 0,
      falseRejectRate: 0.5,
    });
    expect(learned([0.5, 0.5, 0.9, 0.9], [0.1, 0.8, 0.8, 0.2])).toMatchObject({
      threshold: expect.closeTo(0.35, 12),
      falseAcceptRate: 0.5,
      falseRejectRate: 0,
    });
    expect(learned([0.5, 1], [0.25, 0.75]).threshold).toBe(0.875);
  });

  it("is raised as far as the cost allows, and never lowered", () => {
    const genuine = Array.from({ length: 100 }, (_, i) => 0.5 + i / 200);
    expect(learned(genuine, [0.1], 0)).toMatchObject({ threshold: 0.3, falseRejectRate: 0 });
    expect(learned(genuine, [0.1], 0.03)).toMatchObject({ threshold: 0.515, falseRejectRate: 0.03 });
    expect(learned(genuine.slice(0, 99), [0.1], 0.03)).toMatchObject({
      threshold: 0.51,
      falseRejectRate: 2 / 99,
    });
    // Few faces: none of them may be lost.
    expect(learned([0.9, 0.8, 0.7], [0.1], 0.03)).toMatchObject({ threshold: 0.7, falseRejectRate: 0 });
    expect(learned([0.2, 0.8], [0.6], 0.03).threshold).toBeCloseTo(0.7, 12);
  });

  it("does without strangers, without second photos, and without both", () => {
    expect(learned([0.9, 0.7], [], 0.03)).toEqual({
      threshold: 0.7,
      falseAcceptRate: null,
      falseRejectRate: 0,
    });
    expect(learned([], [0.2, 0.6], 0.03)).toEqual({
      threshold: 0.8,
      falseAcceptRate: 0,
      falseRejectRate: null,
    });
    expect(learned([], [], 0.03)).toEqual({ threshold: 0.5, falseAcceptRate: null, falseRejectRate: null });
  });
});

describe("genuineCost", () => {
  it("is for few people only", () => {
    expect([1, 5, 59, 60, 158].map(genuineCost)).toEqual([0.03, 0.03, 0.03, 0, 0]);
  });
});

describe("costing", () => {
  it("has at most the share below it, and would have more if it were higher", () => {
    for (const size of [1, 2, 33, 34, 67, 100]) {
      const scores = Float64Array.from({ length: size }, (_, i) => (i * 7) % size);
      const limit = costing(scores, 0.03);
      expect(scores.filter((score) => score < limit).length / size).toBeLessThanOrEqual(0.03);
      expect(scores.filter((score) => score <= limit).length / size).toBeGreaterThan(0.03);
    }
  });
});
