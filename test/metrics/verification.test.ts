import { equalErrorRate, InputError, rocAuc, rocCurve, type ScoredPair, tarAtFar } from "facelab";
import { describe, expect, it } from "vitest";
import { expectAllClose, expectClose, reference } from "./reference.js";

interface Case {
  readonly name: string;
  readonly same: readonly boolean[];
  readonly scores: readonly number[];
  readonly far: readonly number[];
  readonly tar: readonly number[];
  /** The first, at which nothing is accepted, is null. */
  readonly thresholds: readonly (number | null)[];
  readonly auc: number;
  readonly eer: number;
  readonly tars: readonly { readonly far: number; readonly tar: number; readonly threshold: number | null }[];
}

/** Made by test/reference/metrics/make_verification.py. */
const cases = reference<Case[]>("verification");
const pairsOf = ({ same, scores }: Case): ScoredPair[] =>
  scores.map((score, i) => ({ score, same: same[i]! }));

describe.each(cases)("verification, $name", (one) => {
  const curve = rocCurve(pairsOf(one));

  it("has scikit-learn's ROC", () => {
    expectAllClose(
      curve.map(({ far }) => far),
      one.far,
    );
    expectAllClose(
      curve.map(({ tar }) => tar),
      one.tar,
    );
    expect(curve.map(({ threshold }) => (threshold === Number.POSITIVE_INFINITY ? null : threshold))).toEqual(
      one.thresholds,
    );
  });

  it("has scikit-learn's AUC", () => expectClose(rocAuc(curve), one.auc, 1e-9, 1e-15));

  it("has the TAR that counting gives", () => {
    for (const { far, tar, threshold } of one.tars) {
      const found = tarAtFar(curve, far);
      expectClose(found.tar, tar, 1e-9, 1e-15);
      expect(found.threshold).toBe(threshold ?? Number.POSITIVE_INFINITY);
    }
  });

  it("has as many false accepts as false rejects at the equal error rate", () => {
    expectClose(equalErrorRate(curve).rate, one.eer, 1e-9, 1e-12);
  });

  it("has the equal error rate's threshold between two points of which one accepts less and one more", () => {
    const { rate, threshold } = equalErrorRate(curve);
    const stricter = curve.findLast((point) => point.threshold > threshold)!;
    const looser = curve.find((point) => point.threshold <= threshold)!;
    expect(stricter.far).toBeLessThanOrEqual(rate + 1e-12);
    expect(1 - looser.tar).toBeLessThanOrEqual(rate + 1e-12);
  });
});

describe("equalErrorRate", () => {
  it("is where FAR and FRR cross, also on a vertical part of the curve", () => {
    // 10 of each: at .5 two strangers in ten are accepted, and eight of ten people.
    const scores = [9, 8, 7, 6, 5, 4, 3, 2, 1, 0];
    const pairs = [
      ...scores.map((score) => ({ score: score + 3, same: true })),
      ...scores.map((score) => ({ score, same: false })),
    ];
    expect(equalErrorRate(rocCurve(pairs)).rate).toBeCloseTo(0.35, 12);
  });

  it("is 0 where the scores are apart and 1 where they are so the wrong way round", () => {
    const apart = [
      { score: 2, same: true },
      { score: 1, same: false },
    ];
    expect(equalErrorRate(rocCurve(apart))).toEqual({ rate: 0, threshold: 2 });
    expect(equalErrorRate(rocCurve(apart.map(({ score, same }) => ({ score, same: !same })))).rate).toBe(1);
  });
});

describe("tarAtFar", () => {
  it("says where strangers are too few for a rate", () => {
    const pairs = (strangers: number): ScoredPair[] => [
      { score: 2, same: true },
      ...Array.from({ length: strangers }, (_, i) => ({ score: i / strangers, same: false })),
    ];
    expect(tarAtFar(rocCurve(pairs(3000)), 1e-3).sufficient).toBe(true);
    expect(tarAtFar(rocCurve(pairs(2999)), 1e-3).sufficient).toBe(false);
  });

  it("refuses a rate that is none", () => {
    const curve = rocCurve([
      { score: 2, same: true },
      { score: 1, same: false },
    ]);
    expect(() => tarAtFar(curve, 0)).toThrow(
      new InputError("invalid far: 0 (must be a number > 0 and <= 1)"),
    );
  });
});

describe("rocCurve", () => {
  it("needs pairs of both kinds and finite scores", () => {
    expect(() => rocCurve([{ score: 1, same: true }])).toThrow(
      new InputError("invalid pairs: 1 of one person, 0 of strangers (both are needed)"),
    );
    const pairs = [
      { score: Number.NaN, same: true },
      { score: 1, same: false },
    ];
    expect(() => rocCurve(pairs)).toThrow(new InputError("invalid score: NaN (must be finite)"));
  });
});
