import { createHash } from "node:crypto";
import type { Embedding, RgbImage } from "../types.js";
import { codeFingerprint } from "./code-fingerprint.js";
import { fromKept, type KeptVectors, toKept } from "./kept-vectors.js";
import type { FacePipeline, FaceVectors } from "./pipeline-types.js";
import { describeStep } from "./provenance.js";

type Embedders = Pick<FacePipeline, "embedder" | "others">;

/**
 * Embeds chips by the pipeline's embedder and by its further ones.
 * @param chips cut by the aligner of `embedder`, which all share.
 */
export async function embedChips(
  chips: readonly RgbImage[],
  { embedder, others = [] }: Embedders,
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

/** The same, with what was kept of earlier runs: by the chips' pixels. */
export async function embedChipsOnce(
  chips: readonly RgbImage[],
  { cache, ...embedders }: Embedders & Pick<FacePipeline, "cache">,
): Promise<FaceVectors[]> {
  if (cache === undefined) return embedChips(chips, embedders);
  const steps = [embedders.embedder, ...(embedders.others ?? [])].map(describeStep);
  const keys = chips.map(({ data }) => {
    const sha256 = createHash("sha256").update(data).digest("hex");
    return ["chip", codeFingerprint(), sha256, steps];
  });
  const kept = (await Promise.all(keys.map((key) => cache.get(key)))) as (KeptVectors | undefined)[];
  const missing = [...chips.keys()].filter((i) => kept[i] === undefined);
  const made = await embedChips(
    missing.map((i) => chips[i] as RgbImage),
    embedders,
  );
  await Promise.all(
    made.map((vectors, k) => cache.put(keys[missing[k] as number] as unknown[], toKept(vectors))),
  );
  const fresh = new Map(missing.map((i, k) => [i, made[k] as FaceVectors]));
  return kept.map((one, i) => (one === undefined ? (fresh.get(i) as FaceVectors) : fromKept(one)));
}
