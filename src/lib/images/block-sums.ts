import type { RgbImage } from "../types.js";

/** Pixels from (left, top) to before (right, bottom), of whole numbers. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** A part of an image with one value for many pixels. */
export interface BlockSums {
  /** Columns and rows of blocks. */
  readonly width: number;
  readonly height: number;
  /** Row by row, R, G, B of each block: the sum of its pixels. */
  readonly data: Float64Array;
}

/**
 * Sums a part of an image over square blocks of pixels, the first of which begins in its upper left corner. What the last ones lack
 * beyond the image counts as black.
 * @param region a part of the image; where it is no multiple of the block, the last blocks reach beyond it.
 * @param block side of a block in pixels, >= 1.
 */
export function blockSums(image: RgbImage, { left, top, right, bottom }: Region, block: number): BlockSums {
  const width = Math.max(0, Math.ceil((right - left) / block));
  const height = Math.max(0, Math.ceil((bottom - top) / block));
  const data = new Float64Array(width * height * 3);
  const pixels = image.data;
  for (let row = 0; row < height; row++) {
    const endRow = Math.min(image.height, top + (row + 1) * block);
    for (let y = top + row * block; y < endRow; y++) {
      let from = (y * image.width + left) * 3;
      let to = row * width * 3;
      let columns = image.width - left;
      for (let column = 0; column < width; column++) {
        let red = 0;
        let green = 0;
        let blue = 0;
        for (let x = Math.min(block, columns); x > 0; x--) {
          red += pixels[from] as number;
          green += pixels[from + 1] as number;
          blue += pixels[from + 2] as number;
          from += 3;
        }
        columns -= block;
        data[to] = (data[to] as number) + red;
        data[to + 1] = (data[to + 1] as number) + green;
        data[to + 2] = (data[to + 2] as number) + blue;
        to += 3;
      }
    }
  }
  return { width, height, data };
}
