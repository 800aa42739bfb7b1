import { InputError, resizeImage } from "facelab";
import { describe, expect, it } from "vitest";
import { imageOf, pixelAt } from "../support/synthetic-images.js";

describe("resizeImage", () => {
  it("stretches each axis for itself", async () => {
    // Left half dark, right half bright, and a different colour in each row's half.
    const image = imageOf(40, 40, (x, y, colour) => (x < 20 ? 40 : 200) + (colour === 1 && y >= 20 ? 30 : 0));
    const wide = await resizeImage(image, 100, 20);
    expect([wide.width, wide.height, wide.data.length]).toEqual([100, 20, 6000]);
    expect(pixelAt(wide, 20, 4, 0)).toBe(40);
    expect(pixelAt(wide, 80, 4, 0)).toBe(200);
    expect(pixelAt(wide, 80, 16, 1)).toBe(230);
  });

  it("counts every pixel where it makes an image smaller", async () => {
    const stripes = imageOf(64, 8, (x) => (x % 2 === 0 ? 0 : 200));
    const { data } = await resizeImage(stripes, 8, 8);
    for (const value of data) expect(Math.abs(value - 100)).toBeLessThan(12);
  });

  it("refuses a size that is none", async () => {
    const image = imageOf(4, 4, () => 0);
    await expect(resizeImage(image, 0, 4)).rejects.toThrow(
      new InputError("invalid width: 0 (must be an integer >= 1)"),
    );
  });
});
