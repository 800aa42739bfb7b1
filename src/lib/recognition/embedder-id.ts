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
  return { name, sha256: models[0]?.sha256 ?? "" };
}
