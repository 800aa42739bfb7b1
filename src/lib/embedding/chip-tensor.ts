import type { RgbImage } from "../types.js";
import type { EmbedderDescription } from "./embedder-description.js";

/**
 * Chips as a network wants them: in its layout and order of colours, each value (pixel - mean) / scale.
 * @param chips input.size x input.size, RGB.
 * @param batch how many the tensor holds, at least as many as there are chips; the others are zero.
 */
export function chipTensor(
  chips: readonly RgbImage[],
  input: EmbedderDescription["input"],
  batch: number = chips.length,
): { readonly dims: number[]; readonly data: Float32Array } {
  const { size, layout, colour } = input;
  const plane = size * size;
  const data = new Float32Array(batch * 3 * plane);
  const [betweenPixels, betweenColours] = layout === "NCHW" ? [1, plane] : [3, 1];
  for (const [n, { data: pixels }] of chips.entries()) {
    const { mean, scale } = meanAndScale(pixels, input);
    for (const from of [0, 1, 2] as const) {
      const place = colour === "RGB" ? from : 2 - from;
      const first = n * 3 * plane + place * betweenColours;
      for (let pixel = 0; pixel < plane; pixel++) {
        data[first + pixel * betweenPixels] =
          ((pixels[3 * pixel + from] as number) - mean[from]) / scale[from];
      }
    }
  }
  return { dims: layout === "NCHW" ? [batch, 3, size, size] : [batch, size, size, 3], data };
}

type Three = readonly [number, number, number];

/** Of red, green and blue. */
function meanAndScale(
  pixels: Uint8Array,
  { mean, scale }: EmbedderDescription["input"],
): { readonly mean: Three; readonly scale: Three } {
  const own = mean === "chip" || scale === "chip" ? ofChip(pixels) : { mean: 0, deviation: 1 };
  const each = (value: number | Three): Three => (typeof value === "number" ? [value, value, value] : value);
  return {
    mean: each(mean === "chip" ? own.mean : mean),
    scale: each(scale === "chip" ? own.deviation : scale),
  };
}

/** The deviation is at least 1 / sqrt(values), so that a chip without any contrast is not divided by 0 (FaceNet's rule). */
function ofChip(pixels: Uint8Array): { readonly mean: number; readonly deviation: number } {
  const count = pixels.length;
  const mean = pixels.reduce((sum, value) => sum + value, 0) / count;
  const variance = pixels.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
  return { mean, deviation: Math.max(Math.sqrt(variance), 1 / Math.sqrt(count)) };
}
