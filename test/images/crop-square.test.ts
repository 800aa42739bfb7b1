import { type Box, cropSquare, transformPoint } from "facelab";
import { describe, expect, it } from "vitest";
import { imageOf, pixelAt } from "../support/synthetic-images.js";

const image = imageOf(120, 100, (x, y, colour) => [x * 2, y * 2, 100][colour]!);

describe("cropSquare", () => {
  it("cuts whole pixels out as they are", () => {
    const { image: crop } = cropSquare(image, { x: 30, y: 20, width: 40, height: 40 }, 40);
    for (const [x, y] of [
      [0, 0],
      [39, 39],
      [7, 31],
    ] as const) {
      expect([0, 1, 2].map((colour) => pixelAt(crop, x, y, colour))).toEqual([
        2 * (30 + x),
        2 * (20 + y),
        100,
      ]);
    }
  });

  it.each<[string, Box]>([
    ["tall", { x: 40, y: 10, width: 30, height: 60 }],
    ["wide", { x: 10.5, y: 30.25, width: 80, height: 33 }],
    ["over the border", { x: -20, y: 70, width: 50, height: 50 }],
  ])("takes the longer side around the box's centre: %s", (_, box) => {
    const { image: crop, toPhoto } = cropSquare(image, box, 160);
    expect([crop.width, crop.height]).toEqual([160, 160]);
    const scale = Math.max(box.width, box.height) / 160;
    expect(toPhoto.a).toBeCloseTo(scale, 12);
    expect(toPhoto.b).toBe(0);
    // Half a pixel beyond the first and the last pixel's centre are the square's edges.
    const corner = transformPoint(toPhoto, { x: -0.5, y: -0.5 });
    const opposite = transformPoint(toPhoto, { x: 159.5, y: 159.5 });
    expect((corner.x + opposite.x) / 2).toBeCloseTo(box.x + box.width / 2 - 0.5, 9);
    expect((corner.y + opposite.y) / 2).toBeCloseTo(box.y + box.height / 2 - 0.5, 9);
    expect(opposite.x - corner.x).toBeCloseTo(Math.max(box.width, box.height), 9);
    for (const [x, y] of [
      [80, 80],
      [3, 100],
      [150, 12],
    ] as const) {
      const from = transformPoint(toPhoto, { x, y });
      const inside = from.x >= 0 && from.y >= 0 && from.x <= 119 && from.y <= 99;
      const expected = inside ? [2 * from.x, 2 * from.y] : [0, 0];
      expect(Math.abs(pixelAt(crop, x, y, 0) - expected[0]!)).toBeLessThanOrEqual(1);
      expect(Math.abs(pixelAt(crop, x, y, 1) - expected[1]!)).toBeLessThanOrEqual(1);
    }
  });

  it("survives a box without an area", () => {
    const { image: crop } = cropSquare(image, { x: 50, y: 50, width: 0, height: 0 }, 8);
    expect(crop.data).toHaveLength(8 * 8 * 3);
    expect(pixelAt(crop, 4, 4, 2)).toBe(100);
  });
});
