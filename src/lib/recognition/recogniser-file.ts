import { loadModel, type ModelExpectations } from "../classifiers/load-model.js";
import { readModelFile, saveModel } from "../classifiers/model-file.js";
import type { Embedder, EmbedderId } from "../types.js";
import { embedderId } from "./embedder-id.js";
import { galleryToJson, readGallery } from "./gallery-json.js";
import { createRecogniser, type Recogniser } from "./recogniser.js";

/** What a saved recogniser must be to be of use. */
export interface RecogniserExpectations extends Pick<ModelExpectations, "kind" | "dimensions"> {
  /** What embeds the photos that it will be asked about. */
  readonly embedder?: Embedder | EmbedderId;
}

/**
 * Writes a recogniser as one JSON file, which appears whole or not at all: what `saveModel` writes, and the gallery.
 * The file holds embeddings of faces, which are personal data, but no photos and no paths.
 * @param path folders that are missing are made; an older file is replaced.
 * @throws InputError where it cannot be saved.
 */
export async function saveRecogniser(path: string, recogniser: Recogniser): Promise<void> {
  const { model, gallery, embedder } = recogniser;
  const json = galleryToJson(gallery);
  // What could not be read again must not be written.
  readGallery(json, model);
  await saveModel(path, model, { embedder, gallery: json });
}

/**
 * Reads a recogniser that {@link saveRecogniser} has written; it answers as the one that was saved, bit for bit.
 * @throws InputError that names the file and the reason: it cannot be read, is truncated or edited, is a model without a
 * gallery, or not the one that is expected.
 */
export async function readRecogniser(
  path: string,
  { embedder, ...expectations }: RecogniserExpectations = {},
): Promise<Recogniser> {
  const expected = embedder !== undefined && "models" in embedder ? embedderId(embedder) : embedder;
  return readModelFile(path, (content) => {
    const model = loadModel(content, { ...expectations, embedder: expected });
    const file = content as { readonly embedder?: EmbedderId | null; readonly gallery?: unknown };
    return createRecogniser(model, readGallery(file.gallery, model), file.embedder ?? undefined);
  });
}
