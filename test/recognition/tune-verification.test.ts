import { type LfwEmbeddings, type LfwPair, tuneVerification, verificationThresholds } from "facelab";
import { describe, expect, it } from "vitest";
import { blobs } from "../classifiers/samples.js";
import { runCli } from "../experiments/run-cli.js";
import { itWithShared } from "../support/shared.js";

const PAIRS = ["data/lfw/pairsDevTrain.txt", "data/lfw/pairsDevTest.txt"];

/** Two photos of each of three people; each photo is an angle in degrees, its embedding the point there on a circle. */
const angles = { A: [0, 10], B: [40, 55], C: [90, 130] } as const;
const photos = Object.entries(angles).flatMap(([name, both]) =>
  both.map((angle, i) => ({ name, number: i + 1, angle })),
);
const lfw: LfwEmbeddings = {
  names: photos.map(({ name }) => name),
  numbers: photos.map(({ number }) => number),
  found: photos.map(({ angle }) => angle !== 130),
  // Of any length: only the direction counts.
  embeddings: photos.map(({ angle }) =>
    Float32Array.of(3 * Math.cos((angle * Math.PI) / 180), 3 * Math.sin((angle * Math.PI) / 180)),
  ),
  provenance: null,
};
const pair = (a: string, i: number, b: string, j: number): LfwPair => ({
  a: { name: a, number: i },
  b: { name: b, number: j },
  same: a === b,
});
const same = [pair("A", 1, "A", 2), pair("B", 1, "B", 2), pair("C", 1, "C", 2)];

describe("tuneVerification", () => {
  it("is right by hand", () => {
    // Apart: same 10, 15, 40; different 30 (A2 B1), 35 (B2 C1), 90 (A1 C1). One error is the least, between 15 and 30.
    const train = [...same, pair("A", 2, "B", 1), pair("B", 2, "C", 1), pair("A", 1, "C", 1)];
    const tuned = tuneVerification(lfw, train, train);
    const cosine = (angle: number): number => Math.cos((angle * Math.PI) / 180);
    expect(tuned.accurate).toEqual({
      minCosine: Number(((cosine(15) + cosine(30)) / 2).toFixed(4)),
      falseAcceptRate: 0,
      falseRejectRate: 1 / 3,
    });
    // Twelve pairs of different people among the six photos: too few for a rate of 1e-3.
    expect(tuned.strangers).toEqual({ accurate: 3, strict: 12 });
    expect(tuned.strict).toEqual({ minCosine: 1, falseAcceptRate: 0, falseRejectRate: 1 });
    expect(tuned.withoutFace).toBe(1);
  });

  it("reports errors on pairs that it was not tuned on", () => {
    const train = [...same.slice(0, 2), pair("A", 2, "B", 1), pair("B", 2, "C", 1)];
    const test = [same[2]!, same[0]!, pair("A", 2, "B", 1), pair("A", 1, "C", 2)];
    const { accurate } = tuneVerification(lfw, train, test);
    expect(accurate).toMatchObject({ falseAcceptRate: 0, falseRejectRate: 0.5 });
    expect(() => tuneVerification(lfw, train, [pair("A", 3, "A", 1)])).toThrow(
      "no embedding of A 3 (is it LFW?)",
    );
  });

  it("lets one in a thousand pairs of strangers pass the strict threshold", () => {
    const samples = blobs({ photos: Array.from({ length: 60 }, () => 2), dimensions: 16, seed: 4 });
    const many: LfwEmbeddings = {
      names: samples.map(({ label }) => label),
      numbers: samples.map((_, i) => (i % 2) + 1),
      found: samples.map(() => true),
      embeddings: samples.map(({ embedding }) => embedding),
      provenance: null,
    };
    const train = Array.from({ length: 60 }, (_, i) => pair(`person ${i}`, 1, `person ${i}`, 2));
    const different = Array.from({ length: 59 }, (_, i) => pair(`person ${i}`, 1, `person ${i + 1}`, 2));
    const list = [...train, ...different];
    const { strict, strangers } = tuneVerification(many, list, list);
    // 120 photos make 7140 pairs, of which 60 are of one person; 7 of the others may pass.
    expect(strangers).toEqual({ accurate: 59, strict: 7080 });
    expect(Math.abs(strict.falseAcceptRate * 7080 - 7)).toBeLessThanOrEqual(1);
  });

  itWithShared(...PAIRS)("gives the thresholds of verifyPhotos again", async () => {
    const { code, stdout, stderr } = await runCli(["tune-verify"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("tuned on 2200 pairs, rates on 1000 others\n");
    for (const [name, { minCosine, falseAcceptRate, falseRejectRate }] of Object.entries(
      verificationThresholds,
    )) {
      expect(stdout).toContain(
        `  ${name}: { minCosine: ${minCosine}, falseAcceptRate: ${falseAcceptRate}, falseRejectRate: ${falseRejectRate} },\n`,
      );
    }
  });
});
