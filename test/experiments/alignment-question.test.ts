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
    // White inside of the box, black outside.
    const image = imageOf(250, 250, (column, row) =>
      column > x && column < x + width && row > y && row < y + width ? 255 : 0,
    );
    const chip = faceApiBoxAligner().align(image, face);
    const at = (column: number, row: number) => chip.data[(row * 150 + column) * 3]!;
    for (const [column, row] of [
      [2, 2],
      [147, 2],
      [2, 147],
      [147, 147],
      [75, 75],
    ] as const) {
      expect(at(column, row)).toBe(255);
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
