import { mirrorImage } from "../images/mirror-image.js";
import type { Embedding, RgbImage } from "../types.js";

/**
 * Embeds each chip and its mirror image, and takes the mean: a face seen from both sides.
 * @param embed any batch embedder.
 * @returns as many embeddings as chips; the mean is not normalised again.
 */
export async function mirroredMean(
  chips: readonly RgbImage[],
  embed: (chips: readonly RgbImage[]) => Promise<Embedding[]>,
): Promise<Embedding[]> {
  const both = await embed(chips.flatMap((chip) => [chip, mirrorImage(chip)]));
  return chips.map((_, i) => {
    const plain = both[2 * i] as Embedding;
    const mirrored = both[2 * i + 1] as Embedding;
    return plain.map((value, k) => (value + (mirrored[k] as number)) / 2);
  });
}
