import type { RgbImage } from "../types.js";
import type { EmbedderDescription, PerColour } from "./embedder-description.js";

/**
 * Chips as a network wants them: in its layout and order of colours, each value (pixel - mean) / scale.
 * @param chips input.size x input.size, RGB.
 * @param batch how many the tensor holds, at least as many as there are chips; the others are zero.
 */
export function chipTensor(
  chips: readonly RgbImage[],
  { size, layout, colour, mean, scale }: EmbedderDescription["input"],
  batch: number = chips.length,
): { readonly dims: number[]; readonly data: Float32Array } {
  const plane = size * size;
  const data = new Float32Array(batch * 3 * plane);
  const [means, scales] = [each(mean), each(scale)];
  const [betweenPixels, betweenColours] = layout === "NCHW" ? [1, plane] : [3, 1];
  for (const [n, { data: pixels }] of chips.entries()) {
    for (const from of [0, 1, 2] as const) {
      const place = colour === "RGB" ? from : 2 - from;
      const first = n * 3 * plane + place * betweenColours;
      for (let pixel = 0; pixel < plane; pixel++) {
        data[first + pixel * betweenPixels] =
          ((pixels[3 * pixel + from] as number) - means[from]) / scales[from];
      }
    }
  }
  return { dims: layout === "NCHW" ? [batch, 3, size, size] : [batch, size, size, 3], data };
}

function each(value: PerColour): readonly [number, number, number] {
  return typeof value === "number" ? [value, value, value] : value;
}
