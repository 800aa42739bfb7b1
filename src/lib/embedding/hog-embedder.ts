import { requireInteger } from "../errors.js";
import { greyValues } from "../images/grey-values.js";
import { orientedGradients } from "../images/oriented-gradients.js";
import type { Aligner, Embedder } from "../types.js";
import { shrunkChip } from "./shrunk-chip.js";

export interface HogEmbedderOptions {
  /** Cuts the chips. */
  readonly aligner: Aligner;
  /** Width and height of the grey picture that the gradients are of, in pixels, >= 16. @default 64 */
  readonly size?: number;
}

/**
 * No network: the aligned face as histograms of oriented gradients, see {@link orientedGradients}; 1,764 numbers of 64 x 64 pixels,
 * each block of unit length. What faces were recognised by between eigenfaces and networks, as a baseline.
 * @throws InputError on a size below 16; `embed`, where a chip is not as large as the aligner's.
 */
export function hogEmbedder({ aligner, size = 64 }: HogEmbedderOptions): Embedder {
  requireInteger("size", size, 16);
  const features = (values: ArrayLike<number>): Float64Array => orientedGradients(values, size, size);
  return {
    name: "hog",
    dimensions: features(new Float32Array(size * size)).length,
    aligner,
    params: { size },
    models: [],
    embed: async (chips) =>
      chips.map((chip) => Float32Array.from(features(greyValues(shrunkChip(chip, aligner.size, size))))),
  };
}
