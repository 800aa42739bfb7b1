import type { Embedding, RgbImage } from "../types.js";
import type { FacePipeline, FaceVectors } from "./pipeline-types.js";

/**
 * Embeds chips by the pipeline's embedder and by its further ones.
 * @param chips cut by the aligner of `embedder`, which all share.
 */
export async function embedChips(
  chips: readonly RgbImage[],
  { embedder, others = [] }: Pick<FacePipeline, "embedder" | "others">,
): Promise<FaceVectors[]> {
  const embeddings = await embedder.embed(chips);
  if (others.length === 0) return embeddings.map((embedding) => ({ embedding }));
  const further: (readonly [string, Embedding[]])[] = [];
  for (const other of others) further.push([other.name, await other.embed(chips)]);
  return embeddings.map((embedding, i) => ({
    embedding,
    others: Object.fromEntries(further.map(([name, vectors]) => [name, vectors[i] as Embedding])),
  }));
}
