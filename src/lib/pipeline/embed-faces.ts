import type { Embedding, RgbImage } from "../types.js";
import { embedChipsOnce } from "./embed-chips.js";
import type { ExtractedPhoto } from "./extract-faces.js";
import type { FacePipeline, FaceVectors } from "./pipeline-types.js";

/** Chips that the embedder is given at once: enough to fill its batches, few enough to hold. */
const CHIPS_AT_ONCE = 16;

/** A face with its picture and its embedding. */
export type EmbeddedFace = Extract<ExtractedPhoto, { kind: "face" }> & { readonly embedding: Embedding };

/**
 * Embeds faces that are cut out already, each by its chip.
 * @param faces cut by the embedder's aligner; those in the cache are not embedded again.
 * @param onProgress called after each batch with the number done so far.
 * @returns the same faces, in order, each with its embedding.
 * @throws InputError where a chip has another size than the embedder's.
 */
export async function embedFaces<T extends { readonly chip: RgbImage }>(
  faces: readonly T[],
  { embedder, cache }: Pick<FacePipeline, "embedder" | "cache">,
  onProgress: (done: number) => void = () => {},
): Promise<(T & { readonly embedding: Embedding })[]> {
  const embedded: (T & { readonly embedding: Embedding })[] = [];
  for (let start = 0; start < faces.length; start += CHIPS_AT_ONCE) {
    const batch = faces.slice(start, start + CHIPS_AT_ONCE);
    const vectors = await embedChipsOnce(
      batch.map(({ chip }) => chip),
      { embedder, cache },
    );
    batch.forEach((face, i) => {
      embedded.push({ ...face, embedding: (vectors[i] as FaceVectors).embedding });
    });
    onProgress(embedded.length);
  }
  return embedded;
}
