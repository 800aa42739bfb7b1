import type { Random, RgbImage } from "../types.js";

/**
 * Adds Gaussian noise (Box and Muller's method), of its own to each value of each pixel; what leaves 0..255 is cut off.
 * @param deviation standard deviation in values of 0..255.
 */
export function addNoise({ width, height, data }: RgbImage, deviation: number, random: Random): RgbImage {
  const noisy = new Uint8ClampedArray(data.length);
  for (let i = 0; i < data.length; i += 2) {
    // 1 - uniform: never 0, whose logarithm is infinite.
    const radius = deviation * Math.sqrt(-2 * Math.log(1 - random.uniform()));
    const angle = 2 * Math.PI * random.uniform();
    noisy[i] = (data[i] as number) + radius * Math.cos(angle);
    if (i + 1 < data.length) noisy[i + 1] = (data[i + 1] as number) + radius * Math.sin(angle);
  }
  return { width, height, data: new Uint8Array(noisy.buffer) };
}
