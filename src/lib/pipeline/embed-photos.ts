import pMap from "p-map";
import type { Photo } from "../datasets/photo.js";
import { embedPhoto, keepVectors, knownVectors } from "./embed-photo.js";
import type { EmbeddedPhoto } from "./embedded-set.js";
import { unreadable } from "./find-faces.js";
import { type PhotoFile, readPhotoFile } from "./photo-file.js";
import { sharing } from "./photo-pool.js";
import type { FacePipeline, PhotoVectors } from "./pipeline-types.js";

type Steps = Pick<FacePipeline, "detector" | "face" | "embedder" | "others" | "cache" | "pool">;

/**
 * The direct way from photos to embeddings. Photos whose vectors are in the pipeline's cache are not opened; the others are worked on by its
 * pool, several at once, or one after the other where it has none.
 * @param onProgress called after each photo with the number done so far.
 * @returns one entry for each photo, in order; with `--face all` one for each face.
 */
export async function embedPhotos(
  photos: readonly Photo[],
  pipeline: Steps,
  onProgress: (done: number) => void = () => {},
): Promise<EmbeddedPhoto[]> {
  const { pool, atOnce } = sharing(pipeline.pool, photos.length);
  let done = 0;
  const results = await pMap(
    photos,
    async (photo): Promise<EmbeddedPhoto[]> => {
      const { sha256, vectors } = await vectorsOf(photo.path, { ...pipeline, pool });
      onProgress(++done);
      if (vectors.kind === "none") return [{ ...photo, sha256, ...vectors }];
      const { imageHash } = vectors;
      return vectors.faces.map((face) => ({ ...photo, sha256, imageHash, kind: "face", ...face }));
    },
    { concurrency: atOnce },
  );
  return results.flat();
}

async function vectorsOf(
  path: string,
  pipeline: Steps,
): Promise<{ readonly sha256?: string; readonly vectors: PhotoVectors }> {
  let file: PhotoFile;
  try {
    file = await readPhotoFile(path);
  } catch (error) {
    return { vectors: unreadable(error) };
  }
  const { sha256 } = file;
  const known = await knownVectors(file, pipeline);
  if (known !== undefined) return { sha256, vectors: known };
  const vectors = await (pipeline.pool?.embed(file) ?? embedPhoto(file, pipeline));
  await keepVectors(file, pipeline, vectors);
  return { sha256, vectors };
}
