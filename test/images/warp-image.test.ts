import { createRandom, type OutputToInput, type RgbImage, warpImage } from "facelab";
import { describe, expect, it } from "vitest";
import { largestDifference } from "../support/largest-difference.js";
import { imageOf, pixelAt } from "../support/synthetic-images.js";

const identity: OutputToInput = { a: 1, b: 0, dx: 0, dy: 0 };

/** A noisy image: nothing of it is smooth. */
function noise(width: number, height: number): RgbImage {
  const random = createRandom(7);
  return imageOf(width, height, () => random.integer(256));
}

/** A turn by degrees with a scale, around the given point of input and output. */
function around(x: number, y: number, scale: number, degrees: number): OutputToInput {
  const a = scale * Math.cos((degrees * Math.PI) / 180);
  const b = scale * Math.sin((degrees * Math.PI) / 180);
  return { a, b, dx: x - (a * x - b * y), dy: y - (b * x + a * y) };
}

function range(image: RgbImage): { least: number; most: number } {
  return {
    least: image.data.reduce((a, b) => Math.min(a, b)),
    most: image.data.reduce((a, b) => Math.max(a, b)),
  };
}

describe("warpImage", () => {
  it("returns the image where nothing is to be done", () => {
    const image = noise(23, 17);
    expect(warpImage(image, identity, 23, 17)).toEqual(image);
  });

  it("shifts by whole pixels, black comes in", () => {
    const image = noise(10, 8);
    const shifted = warpImage(image, { ...identity, dx: 3, dy: -2 }, 10, 8);
    for (let y = 0; y < 8; y++) {
      for (let x = 0; x < 10; x++) {
        const inside = x + 3 < 10 && y >= 2;
        for (const colour of [0, 1, 2]) {
          expect(pixelAt(shifted, x, y, colour)).toBe(inside ? pixelAt(image, x + 3, y - 2, colour) : 0);
        }
      }
    }
  });

  it("turns by 90 degrees without a loss", () => {
    const image = noise(9, 9);
    const turned = warpImage(image, around(4, 4, 1, 90), 9, 9);
    for (let y = 0; y < 9; y++) {
      for (let x = 0; x < 9; x++) expect(pixelAt(turned, x, y, 1)).toBe(pixelAt(image, 8 - y, x, 1));
    }
  });

  it("says the same of a pixel inside as where a black border makes it one inside", () => {
    // The border only moves the pixels: those of the edge take the short way then, and the long one without it.
    // Its sides are odd, so that the last blocks of a reduction reach over the border.
    const image = noise(41, 31);
    const margin = 8;
    const framed = imageOf(41 + 2 * margin, 31 + 2 * margin, (x, y, colour) =>
      x < margin || y < margin || x >= 41 + margin || y >= 31 + margin
        ? 0
        : pixelAt(image, x - margin, y - margin, colour),
    );
    // Steps of 1/64 are exact in both, so that not one bit may differ.
    for (const [a, b] of [
      [1, 0],
      [0.734375, 0.265625],
      [0.5, -0.859375],
      [2.25, 0.75],
    ] as const) {
      const map = { a, b, dx: -2.140625, dy: -3.671875 };
      const moved = { ...map, dx: map.dx + margin, dy: map.dy + margin };
      expect(warpImage(framed, moved, 30, 20), `${a}, ${b}`).toEqual(warpImage(image, map, 30, 20));
    }
  });

  it("takes the mean of four neighbours half-way between them", () => {
    const image = noise(6, 5);
    const between = warpImage(image, { ...identity, dx: 0.5, dy: 0.5 }, 5, 4);
    for (let y = 0; y < 4; y++) {
      for (let x = 0; x < 5; x++) {
        const sum =
          pixelAt(image, x, y, 2) +
          pixelAt(image, x + 1, y, 2) +
          pixelAt(image, x, y + 1, 2) +
          pixelAt(image, x + 1, y + 1, 2);
        expect(pixelAt(between, x, y, 2)).toBe(Math.round(sum / 4));
      }
    }
  });

  it.each([
    [0.25, 10],
    [0.9, -35],
    [1.5, 60],
    [1.6, 60],
    [2.4, 123],
    [8, 15],
  ])("keeps a gradient, at scale %d turned by %d degrees", (scale, degrees) => {
    // Whole numbers, so that only the output is rounded: half a pixel beside it shows.
    const value = (x: number, y: number, colour: number) => [x, y, 200 - x][colour]!;
    const side = Math.min(40, Math.floor(110 / scale));
    const half = (side - 1) / 2;
    const { a, b } = around(0, 0, scale, degrees);
    // The output's middle shows the image's, and all of its corners are within the image.
    const map = { a, b, dx: 100 - (a * half - b * half), dy: 100 - (b * half + a * half) };
    const warped = warpImage(imageOf(200, 200, value), map, side, side);
    const expected: number[] = [];
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const from = [a * x - b * y + map.dx, b * x + a * y + map.dy] as const;
        expected.push(...[0, 1, 2].map((colour) => value(...from, colour)));
      }
    }
    expect(largestDifference(warped.data, expected)).toBeLessThanOrEqual(0.5 + 1e-9);
  });

  it.each([
    [2, 0],
    [4, 0],
    [7.3, 0],
    [3.1, 17],
    [5, 45],
    [10.5, -80],
  ])("turns a checkerboard grey, at scale %d turned by %d degrees", (scale, degrees) => {
    const board = imageOf(400, 400, (x, y) => ((x + y) % 2) * 255);
    const side = Math.floor(250 / scale);
    const { a, b } = around(0, 0, scale, degrees);
    const half = (side - 1) / 2;
    const map = { a, b, dx: 199.5 - (a * half - b * half), dy: 199.5 - (b * half + a * half) };
    const { least, most } = range(warpImage(board, map, side, side));
    // Taking single pixels would give 0 and 255.
    expect(least).toBeGreaterThan(127.5 - 25);
    expect(most).toBeLessThan(127.5 + 25);
  });

  it("keeps white white, and fades to black within one pixel of the border", () => {
    const white = imageOf(50, 50, () => 255);
    expect(range(warpImage(white, around(24.5, 24.5, 0.5, 33), 50, 50))).toEqual({ least: 255, most: 255 });
    const over = warpImage(white, { ...identity, dx: -10.25 }, 20, 1);
    const row = Array.from({ length: 20 }, (_, x) => pixelAt(over, x, 0, 0));
    expect(row).toEqual([...Array(10).fill(0), Math.round(0.75 * 255), ...Array(9).fill(255)]);
    expect(range(warpImage(white, { ...identity, dx: 1000 }, 20, 20))).toEqual({ least: 0, most: 0 });
  });
});
