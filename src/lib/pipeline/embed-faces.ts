import type { Embedder, Embedding, RgbImage } from "../types.js";
import type { ExtractedPhoto } from "./extract-faces.js";

/** Chips that the embedder is given at once: enough to fill its batches, few enough to hold. */
const CHIPS_AT_ONCE = 16;

/** A face with its picture and its embedding. */
export type EmbeddedFace = Extract<ExtractedPhoto, { kind: "face" }> & { readonly embedding: Embedding };

/**
 * Embeds faces that are cut out already, each by its chip.
 * @param faces cut by the embedder's aligner.
 * @param onProgress called after each batch with the number done so far.
 * @returns the same faces, in order, each with its embedding.
 * @throws InputError where a chip has another size than the embedder's.
 */
export async function embedFaces<T extends { readonly chip: RgbImage }>(
  faces: readonly T[],
  embedder: Embedder,
  onProgress: (done: number) => void = () => {},
): Promise<(T & { readonly embedding: Embedding })[]> {
  const embedded: (T & { readonly embedding: Embedding })[] = [];
  for (let start = 0; start < faces.length; start += CHIPS_AT_ONCE) {
    const batch = faces.slice(start, start + CHIPS_AT_ONCE);
    const embeddings = await embedder.embed(batch.map(({ chip }) => chip));
    batch.forEach((face, i) => {
      embedded.push({ ...face, embedding: embeddings[i] as Embedding });
    });
    onProgress(embedded.length);
  }
  return embedded;
}
