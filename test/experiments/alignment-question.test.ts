import { createRequire } from "node:module";
import type { Detection, Landmarks5 } from "facelab";
import { describe, expect, it } from "vitest";
import { boxAlone } from "../../src/experiments/dist/questions/10-box-alone.js";
import { faceApiBox, faceApiBoxAligner } from "../../src/experiments/dist/questions/10-face-api-box.js";
import { imageOf } from "../support/synthetic-images.js";

const require = createRequire(new URL("../../src/lib/dist/index.js", import.meta.url));
const face: Landmarks5 = [
  { x: 100.5, y: 101 },
  { x: 146, y: 96.5 },
  { x: 125, y: 124 },
  { x: 107, y: 149 },
  { x: 144, y: 146 },
];

describe("face-api's box", () => {
  it("is face-api's own but for whole pixels", () => {
    const { FaceLandmarks5, Point } = require("@vladmandic/face-api/dist/face-api.node-wasm.js");
    const relative = face.map(({ x, y }) => new Point(x / 250, y / 250));
    const theirs = new FaceLandmarks5(relative, { width: 250, height: 250 }).align(null, {
      useDlibAlignment: true,
    });
    const own = faceApiBox(face);
    for (const key of ["x", "y", "width", "height"] as const) {
      expect(Math.abs(own[key] - theirs[key]), key).toBeLessThanOrEqual(1.5);
    }
  });

  it("fills the chip from corner to corner", () => {
    const { x, y, width } = faceApiBox(face);
    // White in the outermost sixth of the box, black in its middle, grey outside.
    const image = imageOf(250, 250, (column, row) => {
      const [right, down] = [(column - x) / width, (row - y) / width];
      if (Math.min(right, down) < 0 || Math.max(right, down) > 1) return 100;
      return Math.min(right, down, 1 - right, 1 - down) < 1 / 6 ? 255 : 0;
    });
    const chip = faceApiBoxAligner().align(image, face);
    const along = (at: (i: number) => number) => Array.from({ length: 150 }, (_, i) => chip.data[at(i) * 3]!);
    for (const line of [along((i) => 75 * 150 + i), along((i) => i * 150 + 75)]) {
      // A sixth of 150 pixels, to within two that are between both.
      expect(line.slice(3, 23).every((value) => value === 255)).toBe(true);
      expect(line.slice(27, 123).every((value) => value === 0)).toBe(true);
      expect(line.slice(127, 147).every((value) => value === 255)).toBe(true);
    }
  });
});

describe("a box alone", () => {
  it("has the mean face in every box, whatever the points were", async () => {
    const found: Detection[] = [
      { box: { x: 10, y: 20, width: 100, height: 50 }, score: 0.9, landmarks: face },
      { box: { x: -5, y: 0, width: 10, height: 10 }, score: 0.8, landmarks: face },
    ];
    const detector = { name: "d", params: { least: 1 }, models: [], detect: async () => found };
    const mean = face.map((_, i) => ({ x: 0.1 * i, y: 0.2 })) as unknown as Landmarks5;
    const alone = boxAlone(detector, mean);
    const seen = await alone.detect(imageOf(9, 9, () => 0));
    expect(seen.map(({ box, score }) => ({ box, score }))).toEqual(
      found.map(({ box, score }) => ({ box, score })),
    );
    expect(seen[0]!.landmarks[3].x).toBeCloseTo(40, 10);
    expect(seen[0]!.landmarks[3].y).toBeCloseTo(30, 10);
    expect(seen[1]!.landmarks[0]).toEqual({ x: -5, y: 2 });
    // Another detector for the cache, and another for another mean face.
    expect(alone.name).not.toBe(detector.name);
    expect(alone.params).toMatchObject({
      least: 1,
      face: [0, 0.2, 0.1, 0.2, 0.2, 0.2, 0.30000000000000004, 0.2, 0.4, 0.2],
    });
  });
});
