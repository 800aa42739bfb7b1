import { createRandom, InputError, innerFolds } from "facelab";
import { describe, expect, it } from "vitest";
import { blobs } from "./samples.js";

const countsByLabel = (
  samples: ReturnType<typeof blobs>,
  rows: readonly number[],
): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const row of rows) counts[samples[row]!.label] = (counts[samples[row]!.label] ?? 0) + 1;
  return counts;
};

describe("innerFolds", () => {
  const samples = blobs({ photos: [7, 1, 4, 5, 4] });
  const folds = innerFolds(samples, createRandom(1), 3);

  it("holds out each photo once, but never a person's only one", () => {
    expect(folds.length).toBe(3);
    const held = folds.flatMap(({ test }) => test).sort((a, b) => a - b);
    expect(held).toEqual([...samples.keys()].filter((i) => samples[i]!.label !== "person 1"));
    for (const { train, test } of folds) {
      expect([...train, ...test].sort((a, b) => a - b)).toEqual([...samples.keys()]);
    }
  });

  it("gives each fold its share of each person, and all folds their share of all", () => {
    const sizes = folds.map(({ test }) => test.length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    for (const { test } of folds) {
      const counts = countsByLabel(samples, test);
      expect([2, 3]).toContain(counts["person 0"]);
      expect([1, 2]).toContain(counts["person 2"]);
      expect([1, 2]).toContain(counts["person 3"]);
    }
  });

  it("makes fewer folds where a person has fewer photos, and none where nobody has two", () => {
    expect(innerFolds(blobs({ photos: [9, 2, 1] }), createRandom(1), 5).length).toBe(2);
    expect(innerFolds(blobs({ photos: [9, 4] }), createRandom(1), 5).length).toBe(4);
    expect(innerFolds(blobs({ photos: [1, 1] }), createRandom(1))).toEqual([]);
    expect(innerFolds(blobs({ photos: [5] }), createRandom(1))).toEqual([]);
  });

  it("makes the same folds of the same photos in another order, and others with another seed", () => {
    const reversed = innerFolds(samples.toReversed(), createRandom(1), 3);
    const back = reversed.map(({ test }) => test.map((i) => samples.length - 1 - i).sort((a, b) => a - b));
    expect(back).toEqual(folds.map(({ test }) => test));
    expect(innerFolds(samples, createRandom(2), 3)).not.toEqual(folds);
  });

  it("refuses one fold", () => {
    expect(() => innerFolds(samples, createRandom(1), 1)).toThrow(InputError);
  });
});
