import type { RgbImage } from "../types.js";
import { DLIB_CHIP_SIZE } from "./dlib-network.js";

/**
 * Chips as dlib's network wants them: for each one a plane of red, of green, of blue, 0..255.
 * @param floats gives memory for so many numbers, whatever is in it. @default new memory
 */
export function planarChips(
  chips: readonly RgbImage[],
  floats: (length: number) => Float32Array = (length) => new Float32Array(length),
): { dims: number[]; data: Float32Array } {
  const plane = DLIB_CHIP_SIZE * DLIB_CHIP_SIZE;
  const data = floats(chips.length * 3 * plane);
  chips.forEach(({ data: pixels }, n) => {
    const [red, green, blue] = [0, 1, 2].map((colour) => (n * 3 + colour) * plane) as [
      number,
      number,
      number,
    ];
    for (let pixel = 0, from = 0; pixel < plane; pixel++, from += 3) {
      data[red + pixel] = pixels[from] as number;
      data[green + pixel] = pixels[from + 1] as number;
      data[blue + pixel] = pixels[from + 2] as number;
    }
  });
  return { dims: [chips.length, 3, DLIB_CHIP_SIZE, DLIB_CHIP_SIZE], data };
}
