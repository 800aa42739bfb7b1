import { readFileSync } from "node:fs";
import {
  type Box,
  boxOverlap,
  detectionAveragePrecision,
  detectionCurve,
  InputError,
  judgeDetections,
  type Landmarks5,
  landmarkError,
  matchBoxes,
  quantile,
  recallAtFalsePositives,
  verificationFolds,
} from "facelab";
import { describe, expect, it } from "vitest";
import { expectClose } from "./reference.js";

type Numbers = [number, number, number, number];
interface Reference {
  readonly photos: readonly {
    readonly faces: readonly Numbers[];
    readonly ignored: readonly boolean[];
    readonly found: readonly Numbers[];
    readonly scores: readonly number[];
    readonly outcomes: readonly string[];
  }[];
  readonly faces: number;
  readonly curve: readonly [number, number, number][];
  readonly recalls: readonly {
    readonly allowed: number;
    readonly recall: number;
    readonly reached: boolean;
  }[];
  readonly averagePrecision: number;
  readonly pairs: readonly { readonly photo: number; readonly pairs: readonly [number, number, number][] }[];
  readonly quantiles: { readonly values: readonly number[]; readonly parts: readonly [number, number][] };
  readonly landmarks: readonly {
    readonly truth: readonly [number, number][];
    readonly guess: readonly [number, number][];
    readonly error: number;
  }[];
  readonly folds: readonly {
    readonly same: readonly boolean[];
    readonly scores: readonly number[];
    readonly threshold: number;
    readonly accuracy: number;
  }[];
}

/** Made by test/reference/detection/comparison.py. */
const reference = JSON.parse(
  readFileSync(new URL("../reference/detection/comparison.json", import.meta.url), "utf8"),
) as Reference;

const box = ([x, y, width, height]: Numbers): Box => ({ x, y, width, height });
const judged = reference.photos.map(({ faces, ignored, found, scores }) =>
  judgeDetections(
    found.map((one, i) => ({ box: box(one), score: scores[i]! })),
    faces.map((one, i) => ({ box: box(one), ignored: ignored[i]! })),
  ),
);
const all = reference.photos.flatMap(({ scores }, photo) =>
  scores.map((score, i) => ({ score, outcome: judged[photo]![i]! })),
);

describe("boxOverlap", () => {
  it("is the part of the union that both share", () => {
    const square = box([0, 0, 10, 10]);
    expect(boxOverlap(square, square)).toBe(1);
    expect(boxOverlap(square, box([5, 0, 10, 10]))).toBeCloseTo(1 / 3, 12);
    expect(boxOverlap(square, box([10, 0, 10, 10]))).toBe(0);
    expect(boxOverlap(square, box([2, 2, 0, 5]))).toBe(0);
    expect(boxOverlap(box([0, 0, 0, 0]), box([0, 0, 0, 0]))).toBe(0);
  });
});

describe("matchBoxes", () => {
  it("takes the largest overlap again and again, as numpy does", () => {
    expect(reference.pairs.flatMap(({ pairs }) => pairs).length).toBeGreaterThan(100);
    for (const { photo, pairs } of reference.pairs) {
      const { found, faces } = reference.photos[photo]!;
      const matches = matchBoxes(found.map(box), faces.map(box), 0.3);
      expect(matches.map(({ first, second }) => [first, second])).toEqual(pairs.map(([i, j]) => [i, j]));
      for (const [i, { overlap }] of matches.entries()) expectClose(overlap, pairs[i]![2]);
    }
  });

  it("pairs one to one, and prefers the better overlap to the better place in the list", () => {
    const matches = matchBoxes([box([0, 0, 10, 10]), box([1, 0, 10, 10])], [box([1, 0, 10, 10])]);
    expect(matches).toEqual([{ first: 1, second: 0, overlap: 1 }]);
    expect(matchBoxes([], [box([0, 0, 1, 1])])).toEqual([]);
  });

  it("refuses a least overlap of 0, which would pair boxes that are apart", () => {
    expect(() => matchBoxes([], [], 0)).toThrow(
      new InputError("invalid minOverlap: 0 (must be a number > 0 and <= 1)"),
    );
  });
});

describe("judgeDetections", () => {
  it("judges as WIDER FACE's protocol written in numpy", () => {
    expect(judged).toEqual(reference.photos.map(({ outcomes }) => outcomes));
    const kinds = new Set(judged.flat());
    expect([...kinds].sort()).toEqual(["false", "hit", "ignored"]);
  });

  it("counts a face once, for its best score, and an ignored one not at all", () => {
    const face = { box: box([0, 0, 10, 10]), ignored: false };
    const found = [0.5, 0.9, 0.7].map((score) => ({ box: face.box, score }));
    expect(judgeDetections(found, [face])).toEqual(["false", "hit", "false"]);
    expect(judgeDetections(found, [{ ...face, ignored: true }])).toEqual(["ignored", "ignored", "ignored"]);
    expect(judgeDetections(found, [])).toEqual(["false", "false", "false"]);
  });

  it("refuses a score that is no number", () => {
    const found = [{ box: box([0, 0, 1, 1]), score: Number.NaN }];
    expect(() => judgeDetections(found, [])).toThrow(new InputError("invalid score: NaN (must be finite)"));
  });
});

describe("the curve of a detector", () => {
  const curve = detectionCurve(all, reference.faces);

  it("has the hits and false positives of every threshold", () => {
    expect(curve.map(({ score, hits, falsePositives }) => [score, hits, falsePositives])).toEqual(
      reference.curve,
    );
  });

  it.each(reference.recalls)(
    "has numpy's recall at $allowed false positives",
    ({ allowed, recall, reached }) => {
      const at = recallAtFalsePositives(curve, reference.faces, allowed);
      expectClose(at.recall, recall);
      expect(at.reached).toBe(reached);
      expect(at.falsePositives).toBeLessThanOrEqual(allowed);
    },
  );

  it("has numpy's average precision", () => {
    expect(reference.averagePrecision).toBeGreaterThan(0.3);
    expectClose(detectionAveragePrecision(curve, reference.faces), reference.averagePrecision);
  });

  it("is right where nothing is found, and where all is", () => {
    expect(detectionCurve([], 3)).toEqual([]);
    expect(detectionAveragePrecision([], 3)).toBe(0);
    expect(recallAtFalsePositives([], 3, 10)).toEqual({
      recall: 0,
      falsePositives: 0,
      score: Number.POSITIVE_INFINITY,
      reached: false,
    });
    const perfect = detectionCurve([{ score: 1, outcome: "hit" }], 1);
    expect(detectionAveragePrecision(perfect, 1)).toBe(1);
    // Half of the faces without a false positive, the other half never.
    expect(detectionAveragePrecision(perfect, 2)).toBe(0.5);
  });

  it("refuses more hits than faces", () => {
    const hits = [1, 0.5].map((score) => ({ score, outcome: "hit" as const }));
    expect(() => detectionCurve(hits, 1)).toThrow(new InputError("invalid faces: 1 (there are 2 hits)"));
    expect(() => detectionCurve([], 0)).toThrow(InputError);
  });
});

describe("landmarkError", () => {
  const five = (points: readonly (readonly [number, number])[]): Landmarks5 =>
    points.map(([x, y]) => ({ x, y })) as unknown as Landmarks5;

  it("is the mean distance in eye distances", () => {
    for (const { truth, guess, error } of reference.landmarks)
      expectClose(landmarkError(five(guess), five(truth)), error);
  });

  it("refuses eyes on one place", () => {
    const points = five([
      [1, 1],
      [1, 1],
      [2, 2],
      [3, 3],
      [4, 4],
    ]);
    expect(() => landmarkError(points, points)).toThrow(InputError);
  });
});

describe("quantile", () => {
  it("equals numpy's", () => {
    const { values, parts } = reference.quantiles;
    for (const [part, value] of parts) expectClose(quantile(values, part), value, 1e-12);
  });

  it("is NaN of nothing, and refuses what cannot be", () => {
    expect(quantile([], 0.5)).toBeNaN();
    expect(quantile([7], 0.9)).toBe(7);
    expect(() => quantile([1], 90)).toThrow(new InputError("invalid part: 90 (must be in 0..1)"));
    expect(() => quantile([1, Number.NaN], 0.5)).toThrow(InputError);
  });
});

describe("verificationFolds", () => {
  it("chooses each threshold on the other folds, as numpy does by trying all", () => {
    const folds = reference.folds.map(({ same, scores }) =>
      scores.map((score, i) => ({ score, same: same[i]! })),
    );
    for (const [i, { threshold, accuracy, correct }] of verificationFolds(folds).entries()) {
      expectClose(threshold, reference.folds[i]!.threshold);
      expectClose(accuracy, reference.folds[i]!.accuracy);
      expect(correct).toHaveLength(folds[i]!.length);
    }
  });

  it("never looks at the fold that is judged", () => {
    const easy = [
      { score: 0.9, same: true },
      { score: 0.1, same: false },
    ];
    const reversed = easy.map(({ score, same }) => ({ score, same: !same }));
    expect(verificationFolds([easy, easy, reversed]).at(-1)!.accuracy).toBe(0);
  });

  it("refuses what cannot be judged", () => {
    expect(() => verificationFolds([[{ score: 1, same: true }]])).toThrow(
      new InputError("invalid folds: 1 (must be at least 2)"),
    );
    expect(() => verificationFolds([[], []])).toThrow(InputError);
  });
});
