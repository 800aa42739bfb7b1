import { InputError } from "../errors.js";
import { warpImage } from "../images/warp-image.js";
import type { RgbImage } from "../types.js";

/**
 * A chip made smaller, or larger, to a square of so many pixels.
 * @param expected width and height that it must have.
 * @throws InputError where it has others.
 */
export function shrunkChip(chip: RgbImage, expected: number, size: number): RgbImage {
  if (chip.width !== expected || chip.height !== expected) {
    throw new InputError(`invalid chip: ${chip.width} x ${chip.height} (must be ${expected} x ${expected})`);
  }
  const scale = expected / size;
  const middle = (scale - 1) / 2;
  return warpImage(chip, { a: scale, b: 0, dx: middle, dy: middle }, size, size);
}
