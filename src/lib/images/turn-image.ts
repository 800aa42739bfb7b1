import type { RgbImage } from "../types.js";
import { warpImage } from "./warp-image.js";

/**
 * Turns an image clockwise about its centre; its size is kept, and what comes in from outside of it is black.
 * @param degrees negative turns it the other way.
 */
export function turnImage(image: RgbImage, degrees: number): RgbImage {
  const angle = degrees * (Math.PI / 180);
  return warpAboutCentre(image, Math.cos(angle), -Math.sin(angle));
}

/** {@link warpImage} with a shift that keeps the centre where it is. */
export function warpAboutCentre(image: RgbImage, a: number, b: number): RgbImage {
  const { width, height } = image;
  const [x, y] = [(width - 1) / 2, (height - 1) / 2];
  return warpImage(image, { a, b, dx: x - a * x + b * y, dy: y - b * x - a * y }, width, height);
}
