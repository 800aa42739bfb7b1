import type { RgbImage } from "../types.js";
import { blockSums, type Region } from "./block-sums.js";

/** Where an output pixel (x, y) comes from: (a x - b y + dx, b x + a y + dy) in the input. */
export interface OutputToInput {
  readonly a: number;
  readonly b: number;
  readonly dx: number;
  readonly dy: number;
}

/** Bilinear interpolation reads two pixels along each axis, so it is good for reductions up to about this. */
const MOST_REDUCTION = 1.5;

/**
 * Rotates, scales and shifts an image, with bilinear interpolation; outside of the input it is black.
 * Where the output is smaller than what it shows by more than 1.5, the input is first averaged over square blocks of about as many
 * pixels as one of the output shows: single pixels would alias, and a network sees that.
 * @param width width of the output in pixels.
 * @param height height of the output in pixels.
 */
export function warpImage(image: RgbImage, map: OutputToInput, width: number, height: number): RgbImage {
  const scale = Math.hypot(map.a, map.b);
  if (scale <= MOST_REDUCTION) return interpolated(image, map, 1, width, height);
  const block = Math.round(scale);
  const region = shownRegion(image, map, width, height, 2 * block);
  // A block's middle lies so far behind its first pixel.
  const middle = (block - 1) / 2;
  const onBlocks: OutputToInput = {
    a: map.a / block,
    b: map.b / block,
    dx: (map.dx - region.left - middle) / block,
    dy: (map.dy - region.top - middle) / block,
  };
  return interpolated(blockSums(image, region, block), onBlocks, block * block, width, height);
}

/** The part of the image that the output shows, and a margin. */
function shownRegion(
  image: RgbImage,
  { a, b, dx, dy }: OutputToInput,
  width: number,
  height: number,
  margin: number,
): Region {
  const right = [0, width - 1];
  const down = [0, height - 1];
  const xs = right.flatMap((x) => down.map((y) => a * x - b * y + dx));
  const ys = right.flatMap((x) => down.map((y) => b * x + a * y + dy));
  const within = (value: number, size: number): number => Math.min(size, Math.max(0, Math.round(value)));
  return {
    left: within(Math.min(...xs) - margin, image.width),
    top: within(Math.min(...ys) - margin, image.height),
    right: within(Math.max(...xs) + margin, image.width),
    bottom: within(Math.max(...ys) + margin, image.height),
  };
}

/** Values of an image, or sums of `pixels` of its pixels each. */
interface Samples {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Float64Array;
}

function interpolated(
  samples: Samples,
  { a, b, dx, dy }: OutputToInput,
  pixels: number,
  width: number,
  height: number,
): RgbImage {
  const from = samples.data;
  const stride = samples.width * 3;
  const [lastColumn, lastRow] = [samples.width - 1, samples.height - 1];
  const share = 1 / pixels;
  const data = new Uint8Array(width * height * 3);
  let to = 0;
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const x = a * column - b * row + dx;
      const y = b * column + a * row + dy;
      // All four neighbours are there, as nearly always: without asking of each. `| 0` is a faster floor here.
      if (x >= 0 && y >= 0 && x < lastColumn && y < lastRow) {
        const left = x | 0;
        const top = y | 0;
        const right = x - left;
        const lower = (y - top) * share;
        const upper = share - lower;
        const leftTop = (1 - right) * upper;
        const rightTop = right * upper;
        const leftBottom = (1 - right) * lower;
        const rightBottom = right * lower;
        const above = Math.imul(top, stride) + left * 3;
        const below = above + stride;
        // Three times the same, since a loop over the colours takes half as long again.
        data[to] =
          (leftTop * from[above]! +
            rightTop * from[above + 3]! +
            leftBottom * from[below]! +
            rightBottom * from[below + 3]! +
            0.5) |
          0;
        data[to + 1] =
          (leftTop * from[above + 1]! +
            rightTop * from[above + 4]! +
            leftBottom * from[below + 1]! +
            rightBottom * from[below + 4]! +
            0.5) |
          0;
        data[to + 2] =
          (leftTop * from[above + 2]! +
            rightTop * from[above + 5]! +
            leftBottom * from[below + 2]! +
            rightBottom * from[below + 5]! +
            0.5) |
          0;
      } else {
        atTheBorder(samples, x, y, pixels, data, to);
      }
      to += 3;
    }
  }
  return { width, height, data };
}

/** One pixel of the output, some of whose four neighbours in the input may be beyond the border. */
function atTheBorder(
  { width, height, data }: Samples,
  x: number,
  y: number,
  pixels: number,
  output: Uint8Array,
  to: number,
): void {
  const left = Math.floor(x);
  const top = Math.floor(y);
  const sum: [number, number, number] = [0, 0, 0];
  for (let row = Math.max(0, top); row <= Math.min(height - 1, top + 1); row++) {
    for (let column = Math.max(0, left); column <= Math.min(width - 1, left + 1); column++) {
      const weight = (1 - Math.abs(x - column)) * (1 - Math.abs(y - row));
      for (const colour of [0, 1, 2] as const) {
        sum[colour] += weight * (data[(row * width + column) * 3 + colour] as number);
      }
    }
  }
  for (const colour of [0, 1, 2] as const) output[to + colour] = Math.round(sum[colour] / pixels);
}
