import { type RgbImage, warpImage } from "facelab";

/** Turned clockwise about its centre; what comes from outside of it is black. */
export function turnedImage(image: RgbImage, degrees: number): RgbImage {
  const { width, height } = image;
  const [a, b] = [Math.cos((degrees * Math.PI) / 180), -Math.sin((degrees * Math.PI) / 180)];
  const [x, y] = [(width - 1) / 2, (height - 1) / 2];
  return warpImage(image, { a, b, dx: x - a * x + b * y, dy: y - b * x - a * y }, width, height);
}
