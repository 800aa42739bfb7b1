import { InputError, requireInteger } from "../errors.js";
import { warpImage } from "../images/warp-image.js";
import type { Aligner, Embedder, RgbImage } from "../types.js";

export interface PixelsEmbedderOptions {
  /** Cuts the chips. */
  readonly aligner: Aligner;
  /** Width and height of the little grey picture, in pixels. @default 32 */
  readonly size?: number;
}

/**
 * No network at all: the aligned face as a little grey picture (ITU-R BT.601 luma, 0..1, row by row), size x size numbers, not
 * normalised. What eigenfaces start from, and the baseline for every other embedding.
 * @throws InputError on a size below 1; `embed`, where a chip is not as large as the aligner's.
 */
export function pixelsEmbedder({ aligner, size = 32 }: PixelsEmbedderOptions): Embedder {
  requireInteger("size", size, 1);
  const scale = aligner.size / size;
  const middle = (scale - 1) / 2;
  const embedding = (chip: RgbImage): Float32Array => {
    if (chip.width !== aligner.size || chip.height !== aligner.size) {
      throw new InputError(
        `invalid chip: ${chip.width} x ${chip.height} (must be ${aligner.size} x ${aligner.size})`,
      );
    }
    const { data } = warpImage(chip, { a: scale, b: 0, dx: middle, dy: middle }, size, size);
    return Float32Array.from({ length: size * size }, (_, pixel) => {
      const [r, g, b] = [0, 1, 2].map((channel) => data[3 * pixel + channel] as number) as [
        number,
        number,
        number,
      ];
      return (0.299 * r + 0.587 * g + 0.114 * b) / 255;
    });
  };
  return {
    name: "pixels",
    dimensions: size * size,
    aligner,
    params: { size },
    models: [],
    embed: async (chips) => chips.map(embedding),
  };
}
