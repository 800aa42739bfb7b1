import type { RgbImage } from "../types.js";

/** An image without its colours: ITU-R BT.601 luma in 0..1, row by row. */
export function greyValues({ width, height, data }: RgbImage): Float32Array {
  return Float32Array.from({ length: width * height }, (_, pixel) => {
    const [r, g, b] = [data[3 * pixel], data[3 * pixel + 1], data[3 * pixel + 2]] as [number, number, number];
    return (0.299 * r + 0.587 * g + 0.114 * b) / 255;
  });
}
