import { readFile } from "node:fs/promises";
import { InputError, orientedGradients } from "facelab";
import { describe, expect, it } from "vitest";

interface Case {
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  readonly orientations: number;
  readonly cell: number;
  readonly block: number;
  readonly length: number;
  readonly step: number;
  readonly features: readonly number[];
}

const file = new URL("../reference/images/hog.json", import.meta.url);
const { cases }: { cases: Case[] } = JSON.parse(await readFile(file, "utf8"));

/** The same as in hog.py. */
function picture({ width, height, seed }: Case): Float64Array {
  return Float64Array.from({ length: width * height }, (_, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const wave = 0.3 * Math.sin(0.7 * x + 0.2 * seed) * Math.cos(0.45 * y);
    return Math.min(1, Math.max(0, 0.5 + wave + 0.2 * Math.sin(0.11 * x * y + seed)));
  });
}

describe("orientedGradients", () => {
  it.each(cases)("gives scikit-image's numbers: $width x $height, cells of $cell", (one) => {
    const features = orientedGradients(picture(one), one.width, one.height, one);
    expect(features).toHaveLength(one.length);
    for (const [i, expected] of one.features.entries()) {
      // scikit-image sums a cell in single precision.
      expect(Math.abs(features[i * one.step]! - expected), `number ${i * one.step}`).toBeLessThan(1e-6);
    }
  });

  it("does not change with the light, and is 0 where there is no edge", () => {
    const one = cases[1]!;
    const values = picture(one);
    const darker = values.map((value) => 0.2 + 0.5 * value);
    const [a, b] = [values, darker].map((of) => orientedGradients(of, one.width, one.height));
    for (const [i, value] of a!.entries()) expect(Math.abs(value - b![i]!)).toBeLessThan(1e-6);
    expect(orientedGradients(new Float32Array(256).fill(0.5), 16, 16).every((value) => value === 0)).toBe(
      true,
    );
  });

  it("refuses pictures without a block, and options out of range", () => {
    expect(() => orientedGradients(new Float32Array(225), 15, 15)).toThrow(
      new InputError("image of 15 x 15 is smaller than a block (16 pixels)"),
    );
    expect(() => orientedGradients(new Float32Array(256), 16, 16, { orientations: 0 })).toThrow(
      "invalid orientations: 0 (must be an integer >= 1)",
    );
  });
});
