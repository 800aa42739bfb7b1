import type { Box, RgbImage } from "../types.js";

/**
 * A photo as SSD looks at it: padded with black to a square at its right or bottom, and made so small by bilinear sampling, as
 * tensorflow.js does it (corners not aligned). The same numbers as there, without a tensor of all the photo's pixels, which
 * for a large photo takes gigabytes that WebAssembly never gives back.
 * @returns size x size x 3, RGB, 0..255.
 */
export function paddedSquare({ width, height, data }: RgbImage, size: number): Float32Array {
  const side = Math.max(width, height);
  const at = (x: number, y: number, colour: number): number =>
    x < width && y < height ? data[(y * width + x) * 3 + colour]! : 0;
  const square = new Float32Array(size * size * 3);
  for (let row = 0; row < size; row++) {
    const [y, below, down] = place(row, side, size);
    for (let column = 0; column < size; column++) {
      const [x, right, across] = place(column, side, size);
      for (let colour = 0; colour < 3; colour++) {
        const [a, b] = [at(x, y, colour), at(right, y, colour)];
        const [c, d] = [at(x, below, colour), at(right, below, colour)];
        const [top, bottom] = [a + (b - a) * across, c + (d - c) * across];
        square[(row * size + column) * 3 + colour] = top + (bottom - top) * down;
      }
    }
  }
  return square;
}

/** The two source pixels of a target pixel, and how far it is from the first to the second. */
function place(target: number, side: number, size: number): [first: number, second: number, part: number] {
  const source = (target * side) / size;
  const first = Math.floor(source);
  return [first, Math.min(first + 1, side - 1), source - first];
}

/**
 * Every so manieth pixel of a part of a photo.
 * @param part in whole pixels, inside of the photo.
 * @param step 1 keeps all of them.
 */
export function thinnedPart({ width, data }: RgbImage, part: Box, step: number): RgbImage {
  const thin = { width: Math.ceil(part.width / step), height: Math.ceil(part.height / step) };
  const pixels = new Uint8Array(thin.width * thin.height * 3);
  for (let y = 0; y < thin.height; y++) {
    const row = (part.y + y * step) * width + part.x;
    if (step === 1) {
      pixels.set(data.subarray(row * 3, (row + part.width) * 3), y * thin.width * 3);
      continue;
    }
    for (let x = 0; x < thin.width; x++) {
      const from = (row + x * step) * 3;
      pixels.set(data.subarray(from, from + 3), (y * thin.width + x) * 3);
    }
  }
  return { ...thin, data: pixels };
}
