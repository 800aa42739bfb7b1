import { requireInteger } from "../errors.js";
import { greyValues } from "../images/grey-values.js";
import type { Aligner, Embedder } from "../types.js";
import { shrunkChip } from "./shrunk-chip.js";

export interface PixelsEmbedderOptions {
  /** Cuts the chips. */
  readonly aligner: Aligner;
  /** Width and height of the little picture, in pixels. @default 32 */
  readonly size?: number;
  /** Keep the colours: three numbers a pixel, RGB, instead of one. @default false */
  readonly colour?: boolean;
}

/**
 * No network at all: the aligned face as a little grey picture (ITU-R BT.601 luma, 0..1, row by row), size x size numbers, or three times
 * as many in colour, not normalised. What eigenfaces start from, and the baseline for every other embedding.
 * @throws InputError on a size below 1; `embed`, where a chip is not as large as the aligner's.
 */
export function pixelsEmbedder({ aligner, size = 32, colour = false }: PixelsEmbedderOptions): Embedder {
  requireInteger("size", size, 1);
  return {
    name: colour ? "colour-pixels" : "pixels",
    dimensions: size * size * (colour ? 3 : 1),
    aligner,
    params: { size },
    models: [],
    async embed(chips) {
      return chips.map((chip) => {
        const small = shrunkChip(chip, aligner.size, size);
        return colour ? Float32Array.from(small.data, (value) => value / 255) : greyValues(small);
      });
    },
  };
}
