import type { Box, RgbImage } from "../types.js";
import { type OutputToInput, warpImage } from "./warp-image.js";

/** A square crop, with the way back into the photo. */
export interface SquareCrop {
  readonly image: RgbImage;
  /** Takes a pixel of the crop to the photo. */
  readonly toPhoto: OutputToInput;
}

/**
 * Cuts a box out as a square (its longer side, around its centre, so that nothing is stretched) and resizes it.
 * What reaches over the border of the photo is black.
 * @param size width and height of the crop in pixels.
 */
export function cropSquare(image: RgbImage, { x, y, width, height }: Box, size: number): SquareCrop {
  const scale = Math.max(width, height, 1) / size;
  const middle = (size - 1) / 2;
  const toPhoto = {
    a: scale,
    b: 0,
    dx: x + (width - 1) / 2 - scale * middle,
    dy: y + (height - 1) / 2 - scale * middle,
  };
  return { image: warpImage(image, toPhoto, size, size), toPhoto };
}
