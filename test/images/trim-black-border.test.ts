import { describe, expect, it } from "vitest";
import { trimBlackBorder } from "../../src/lib/dist/images/trim-black-border.js";
import { imageOf } from "../support/synthetic-images.js";

describe("trimBlackBorder", () => {
  it("cuts off what is black throughout, on each side its own", () => {
    const image = imageOf(9, 8, (x, y) => (x >= 2 && x < 8 && y >= 1 && y < 5 ? 10 * x + y : 0));
    expect(trimBlackBorder(image)).toEqual(imageOf(6, 4, (x, y) => 10 * (x + 2) + y + 1));
  });

  it("keeps black inside, and one dim value at the border", () => {
    const image = imageOf(5, 5, (x, y, colour) =>
      x === 0 || x === 4 || y === 0 || y === 4 ? Number(colour === 2) : 0,
    );
    expect(trimBlackBorder(image)).toEqual(image);
  });

  it("keeps an image that is black everywhere", () => {
    const black = imageOf(3, 2, () => 0);
    expect(trimBlackBorder(black)).toBe(black);
  });
});
