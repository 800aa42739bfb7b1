import type { RgbImage } from "facelab";

/** An image from a formula, channel by channel; values are rounded to 0..255. */
export function imageOf(
  width: number,
  height: number,
  value: (x: number, y: number, colour: number) => number,
): RgbImage {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      for (let colour = 0; colour < 3; colour++) {
        data[(y * width + x) * 3 + colour] = Math.round(value(x, y, colour));
      }
    }
  }
  return { width, height, data };
}

/** The value of one channel at one pixel. */
export function pixelAt({ width, data }: RgbImage, x: number, y: number, colour: number): number {
  return data[(y * width + x) * 3 + colour]!;
}
