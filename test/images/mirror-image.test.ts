import { mirrorImage } from "facelab";
import { expect, it } from "vitest";
import { imageOf, pixelAt } from "../support/synthetic-images.js";

it("exchanges left and right, and nothing else", () => {
  for (const width of [1, 4, 5]) {
    const image = imageOf(width, 3, (x, y, colour) => x * 40 + y * 7 + colour);
    const before = image.data.slice();
    const mirrored = mirrorImage(image);
    expect([mirrored.width, mirrored.height]).toEqual([width, 3]);
    for (let y = 0; y < 3; y++) {
      for (let x = 0; x < width; x++) {
        for (const colour of [0, 1, 2]) {
          expect(pixelAt(mirrored, x, y, colour)).toBe((width - 1 - x) * 40 + y * 7 + colour);
        }
      }
    }
    expect(mirrorImage(mirrored)).toEqual(image);
    expect(image.data).toEqual(before);
  }
});
