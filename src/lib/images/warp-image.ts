import type { RgbImage } from "../types.js";

/** Where an output pixel (x, y) comes from: (a x - b y + dx, b x + a y + dy) in the input. */
export interface OutputToInput {
  readonly a: number;
  readonly b: number;
  readonly dx: number;
  readonly dy: number;
}

/**
 * Rotates, scales and shifts an image, with bilinear interpolation; outside of the input it is black.
 * Where the output is smaller than what it shows, each pixel is the mean of several samples, one for each input pixel
 * or so along each axis: taking only one would alias, and a network sees that.
 * @param width width of the output in pixels.
 * @param height height of the output in pixels.
 */
export function warpImage(image: RgbImage, map: OutputToInput, width: number, height: number): RgbImage {
  const scale = Math.hypot(map.a, map.b);
  // Bilinear interpolation itself reads two pixels along each axis, so it is good for reductions up to about 1.5.
  const samples = scale <= 1.5 ? 1 : Math.ceil(scale);
  const { a, b, dx, dy } = map;
  const sum = new Float64Array(3);
  const data = new Uint8Array(width * height * 3);
  let to = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      sum[0] = sum[1] = sum[2] = 0;
      for (let i = 0; i < samples; i++) {
        const y = row + (i + 0.5) / samples - 0.5;
        for (let j = 0; j < samples; j++) {
          const x = column + (j + 0.5) / samples - 0.5;
          addSample(image, a * x - b * y + dx, b * x + a * y + dy, sum);
        }
      }
      for (let colour = 0; colour < 3; colour++) {
        data[to++] = Math.round((sum[colour] as number) / (samples * samples));
      }
    }
  }
  return { width, height, data };
}

function addSample({ width, height, data }: RgbImage, x: number, y: number, sum: Float64Array): void {
  const left = Math.floor(x);
  const top = Math.floor(y);
  if (left < -1 || top < -1 || left >= width || top >= height) return;
  const right = x - left;
  const lower = y - top;
  if (left >= 0 && top >= 0 && left < width - 1 && top < height - 1) {
    // All four are there, as nearly always: the same sum, in the same order, without asking of each.
    const leftTop = (1 - right) * (1 - lower);
    const rightTop = right * (1 - lower);
    const leftBottom = (1 - right) * lower;
    const rightBottom = right * lower;
    const upper = (top * width + left) * 3;
    const below = upper + width * 3;
    for (let colour = 0; colour < 3; colour++) {
      sum[colour] =
        (sum[colour] as number) +
        leftTop * (data[upper + colour] as number) +
        rightTop * (data[upper + 3 + colour] as number) +
        leftBottom * (data[below + colour] as number) +
        rightBottom * (data[below + 3 + colour] as number);
    }
    return;
  }
  for (let dy = 0; dy < 2; dy++) {
    const row = top + dy;
    if (row < 0 || row >= height) continue;
    for (let dx = 0; dx < 2; dx++) {
      const column = left + dx;
      if (column < 0 || column >= width) continue;
      const weight = (dx === 0 ? 1 - right : right) * (dy === 0 ? 1 - lower : lower);
      const at = (row * width + column) * 3;
      sum[0] = (sum[0] as number) + weight * (data[at] as number);
      sum[1] = (sum[1] as number) + weight * (data[at + 1] as number);
      sum[2] = (sum[2] as number) + weight * (data[at + 2] as number);
    }
  }
}
