import { sha256 } from "../inference/sha256.js";
import type { EmbedderId, ModelCard } from "../types.js";

/** What a model remembers of an embedder, or of the step of a {@link Provenance} that tells of one. */
export function embedderId({
  name,
  models,
}: {
  readonly name: string;
  readonly models: readonly ModelCard[];
}): EmbedderId {
  // An embedder without weights, as plain pixels are, is known by its name alone.
  const [only] = models;
  // Of several files each one counts.
  const all =
    models.length > 1 ? sha256(Buffer.from(models.map((card) => card.sha256).join())) : only?.sha256;
  return { name, sha256: all ?? "" };
}
