import { comparePairs, describePairs, type Evaluation, type EvaluationRecord } from "facelab";
import { describe, expect, it } from "vitest";

/** An evaluation with right (1) and wrong (0) answers: one string of digits for each classifier and split. */
function evaluation(answers: Record<string, string[]>, trainSize = 70): Evaluation {
  const records = Object.entries(answers).flatMap(([classifier, splits]) =>
    splits.flatMap((digits, repeat) =>
      [...digits].map((digit, i): EvaluationRecord => {
        const correct = digit === "1";
        const predicted = correct ? "A" : "B";
        return {
          classifier,
          repeat,
          path: `${i}.jpg`,
          label: "A",
          answer: "person",
          predicted,
          score: 1,
          correct,
          probability: 0.5,
          trueProbability: 0.5,
          trueRank: 1,
        };
      }),
    ),
  );
  const splits = (Object.values(answers)[0] ?? []).map((digits) => ({
    train: Array.from({ length: trainSize }, (_, i) => i),
    test: [...digits].map((_, i) => trainSize + i),
  }));
  const classifiers = Object.keys(answers).map((name) => ({ name, params: {} }));
  return { classifiers, splits, records, fits: [], notices: [], notRun: [], duplicates: [] };
}

describe("comparePairs", () => {
  it("is McNemar's test on one split: only photos that one of the two gets right count", () => {
    const { test, pairs } = comparePairs(
      evaluation({ a: [`${"1".repeat(10)}0${"1".repeat(9)}`], b: [`${"0".repeat(10)}1${"1".repeat(9)}`] }),
    );
    expect(test).toBe("McNemar's exact test");
    // 10 against 1: 2 (1 + 11) / 2^11.
    expect(pairs).toMatchObject([{ first: "a", second: "b", pValue: 24 / 2048, adjustedPValue: 24 / 2048 }]);
    expect(pairs[0]?.difference).toBeCloseTo(9 / 20, 12);
  });

  it("is the corrected t-test over splits, by hand", () => {
    // Differences .2, 0, .1, .1, .1 of 10 photos: mean .1, s = .0707; t = .1 / (.0707 sqrt(1/5 + 10/70)).
    const { test, pairs } = comparePairs(
      evaluation({
        a: ["1111111111", "1111111110", "1111111111", "1111111110", "1111111100"],
        b: ["1111111100", "1111111110", "1111111110", "1111111100", "1111111000"],
      }),
    );
    expect(test).toBe("corrected resampled t-test");
    expect(pairs[0]?.difference).toBeCloseTo(0.1, 12);
    const t = 0.1 / (Math.sqrt(0.005) * Math.sqrt(1 / 5 + 1 / 7));
    // Student's t with 4 degrees of freedom has a closed form.
    const x = t / Math.sqrt(4 + t * t);
    expect(pairs[0]?.pValue).toBeCloseTo(1 - (1.5 * x - 0.5 * x ** 3), 10);
  });

  it("corrects for the number of pairs", () => {
    const { pairs } = comparePairs(
      evaluation({ a: ["1".repeat(12)], b: ["0".repeat(12)], c: [`${"1".repeat(6)}${"0".repeat(6)}`] }),
    );
    const [ab, ac, bc] = pairs;
    expect(pairs).toHaveLength(3);
    expect(ab?.adjustedPValue).toBeCloseTo((3 * 2) / 2 ** 12, 12);
    for (const pair of [ac, bc]) expect(pair?.adjustedPValue).toBeCloseTo((2 * 2) / 2 ** 6, 12);
  });
});

describe("describePairs", () => {
  it("names no winner where none is shown", () => {
    const lines = describePairs(comparePairs(evaluation({ a: ["1111"], b: ["1110"] })));
    expect(lines).toEqual([
      "no classifier is shown to be better than another (McNemar's exact test, 1 pair, Holm-corrected, 5 %)",
    ]);
  });

  it("names the better one first, whichever was listed first", () => {
    const lines = describePairs(comparePairs(evaluation({ a: ["0".repeat(20)], b: ["1".repeat(20)] })));
    expect(lines[1]).toBe("  b is better than a by 100.0 points (p < 0.001)");
  });

  it("says nothing of a single classifier", () => {
    expect(describePairs(comparePairs(evaluation({ a: ["1111"] })))).toEqual([]);
  });
});
