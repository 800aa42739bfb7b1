import type { RgbImage } from "../types.js";

/**
 * Sums of all pixels above and to the left, one table for each colour: the mean of any rectangle costs four look-ups
 * however large it is (Crow 1984; Viola & Jones 2001). Every level of an image pyramid and every crop is then a set
 * of rectangle means, which is what other libraries call "area" interpolation.
 */
export interface IntegralImage {
  readonly width: number;
  readonly height: number;
  /**
   * (height + 1) x (width + 1) x 3 sums. They wrap around at 2^32, and differences of them wrap back: a rectangle's
   * sum is right as long as it is below 2^32 itself, which means up to 16.8 million pixels.
   */
  readonly sums: Uint32Array;
}

/**
 * Builds the table of an RGB image.
 * @param memory for so many sums, whatever is in it; by default new memory.
 */
export function integralImage(
  { width, height, data }: RgbImage,
  memory: (length: number) => Uint32Array = (length) => new Uint32Array(length),
): IntegralImage {
  const stride = (width + 1) * 3;
  const sums = memory(stride * (height + 1));
  sums.fill(0, 0, stride);
  let pixel = 0;
  for (let y = 1; y <= height; y++) {
    let red = 0;
    let green = 0;
    let blue = 0;
    let at = y * stride;
    sums[at] = 0;
    sums[at + 1] = 0;
    sums[at + 2] = 0;
    at += 3;
    for (let x = 0; x < width; x++, at += 3, pixel += 3) {
      red += data[pixel] as number;
      green += data[pixel + 1] as number;
      blue += data[pixel + 2] as number;
      sums[at] = (sums[at - stride] as number) + red;
      sums[at + 1] = (sums[at + 1 - stride] as number) + green;
      sums[at + 2] = (sums[at + 2 - stride] as number) + blue;
    }
  }
  return { width, height, sums };
}

/** A rectangle of whole pixels: from `left`, `top` up to, but not including, `right`, `bottom`. */
export interface PixelRegion {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Resizes a region by averaging: output pixel i covers the input from floor(i * in / out) to ceil((i + 1) * in / out).
 * These are the cells of torch's `interpolate(mode="area")`, on which the MTCNN weights were run.
 * @param region may reach over the border: outside counts as black.
 * @param to output, planar: 3 planes (red, green, blue) of height x width, as (mean - 127.5) / 128.
 * @param offset where in `to` the first plane begins.
 */
export function averageInto(
  { width, height, sums }: IntegralImage,
  region: PixelRegion,
  outWidth: number,
  outHeight: number,
  to: Float32Array,
  offset = 0,
): void {
  placeCells(columns, region.left, region.right, outWidth, width);
  placeCells(rows, region.top, region.bottom, outHeight, height);
  const stride = (width + 1) * 3;
  const plane = outWidth * outHeight;
  const { from, to: end, size } = columns;
  let out = offset;
  for (let y = 0; y < outHeight; y++) {
    const top = (rows.from[y] as number) * stride;
    const bottom = (rows.to[y] as number) * stride;
    const cellHeight = rows.size[y] as number;
    for (let x = 0; x < outWidth; x++, out++) {
      const left = (from[x] as number) * 3;
      const right = (end[x] as number) * 3;
      const scale = 1 / (128 * cellHeight * (size[x] as number));
      for (let colour = 0; colour < 3; colour++) {
        const sum =
          ((sums[bottom + right + colour] as number) -
            (sums[bottom + left + colour] as number) -
            (sums[top + right + colour] as number) +
            (sums[top + left + colour] as number)) >>>
          0;
        to[out + colour * plane] = sum * scale - 127.5 / 128;
      }
    }
  }
}

/** Along one axis: where each cell begins and ends inside of the image, and its full size with what is outside. */
interface Cells {
  from: Int32Array;
  to: Int32Array;
  size: Int32Array;
}

const noCells = (): Cells => ({ from: new Int32Array(0), to: new Int32Array(0), size: new Int32Array(0) });
// Nothing waits within averageInto, so two are enough for all of its calls: new ones for each candidate's crop are the larger part of cutting it.
const columns = noCells();
const rows = noCells();

function placeCells(cells: Cells, start: number, end: number, count: number, limit: number): void {
  if (cells.from.length < count) {
    cells.from = new Int32Array(count);
    cells.to = new Int32Array(count);
    cells.size = new Int32Array(count);
  }
  const { from, to, size } = cells;
  const length = end - start;
  for (let i = 0; i < count; i++) {
    const first = start + Math.floor((i * length) / count);
    const last = start + Math.ceil(((i + 1) * length) / count);
    from[i] = Math.min(Math.max(first, 0), limit);
    to[i] = Math.min(Math.max(last, 0), limit);
    size[i] = last - first;
  }
}
