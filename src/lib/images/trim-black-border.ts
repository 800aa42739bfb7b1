import type { RgbImage } from "../types.js";

/**
 * Cuts off the rows and columns at the border that are black (0, 0, 0) throughout: what a crop shows of the outside of its
 * photo. An image that is black everywhere stays as it is.
 */
export function trimBlackBorder(image: RgbImage): RgbImage {
  const { width, height, data } = image;
  let [left, top, right, bottom] = [width, height, -1, -1];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      if (data[at] === 0 && data[at + 1] === 0 && data[at + 2] === 0) continue;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = y;
    }
  }
  if (right < 0) return image;
  const [columns, rows] = [right - left + 1, bottom - top + 1];
  const trimmed = new Uint8Array(columns * rows * 3);
  for (let row = 0; row < rows; row++) {
    const start = ((top + row) * width + left) * 3;
    trimmed.set(data.subarray(start, start + columns * 3), row * columns * 3);
  }
  return { width: columns, height: rows, data: trimmed };
}
