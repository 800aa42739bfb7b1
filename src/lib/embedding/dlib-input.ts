import type { Convolution } from "./dlib-network.js";

/** Mean colour (red, green, blue) that dlib subtracts from every pixel before it divides by 256. */
const MEAN_RGB = [122.782, 117.001, 104.298];
/** What dlib divides by. */
export const INPUT_SCALE = 256;

/**
 * What a kernel on bare pixels adds for the mean colour, to be taken off the bias: there is no padding, so every tap sees a pixel.
 * @param value the kernel's weight at a position, in units of a pixel.
 * @returns one number per output channel.
 */
export function meanColourShare(
  { dims }: Pick<Convolution["kernel"], "dims">,
  value: (at: number) => number,
): Float64Array {
  const [outputs, channels, height, width] = dims as [number, number, number, number];
  const taps = height * width;
  return Float64Array.from({ length: outputs }, (_, out) => {
    let sum = 0;
    for (let channel = 0; channel < channels; channel++) {
      for (let tap = 0; tap < taps; tap++) {
        sum += value((out * channels + channel) * taps + tap) * (MEAN_RGB[channel] as number);
      }
    }
    return sum;
  });
}
