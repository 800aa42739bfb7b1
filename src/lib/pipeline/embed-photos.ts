import pMap from "p-map";
import type { Photo } from "../datasets/photo.js";
import { embedPhoto, keepVectors, knownVectors } from "./embed-photo.js";
import type { EmbeddedPhoto } from "./embedded-set.js";
import { unreadable } from "./find-faces.js";
import { type PhotoFile, readPhotoFile } from "./photo-file.js";
import { sharing } from "./photo-pool.js";
import type { FacePipeline, PhotoVectors } from "./pipeline-types.js";

type Steps = Pick<FacePipeline, "detector" | "face" | "embedder" | "others" | "limits" | "cache" | "pool">;

/** What became of one photo. */
export interface EmbeddedFile {
  readonly path: string;
  /** Of the file; undefined where it could not be read. */
  readonly sha256?: string;
  readonly vectors: PhotoVectors;
}

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
  const files = await embedFiles(
    photos.map(({ path }) => path),
    pipeline,
    onProgress,
  );
  return files.flatMap(({ sha256, vectors }, i): EmbeddedPhoto[] => {
    const photo = { ...(photos[i] as Photo), sha256 };
    if (vectors.kind === "none") return [{ ...photo, ...vectors }];
    const { imageHash, faces } = vectors;
    return faces.map(({ landmarks: _, ...face }) => ({ ...photo, imageHash, kind: "face", ...face }));
  });
}

/** {@link embedPhotos} with one entry for each photo, and with the landmarks. */
export async function embedFiles(
  paths: readonly string[],
  pipeline: Steps,
  onProgress: (done: number) => void = () => {},
): Promise<EmbeddedFile[]> {
  const { pool, atOnce } = sharing(pipeline.pool, paths.length);
  let done = 0;
  const embed = async (path: string): Promise<EmbeddedFile> => {
    const file = await embedFile(path, { ...pipeline, pool });
    onProgress(++done);
    return file;
  };
  return pMap(paths, embed, { concurrency: atOnce });
}

async function embedFile(path: string, pipeline: Steps): Promise<EmbeddedFile> {
  let file: PhotoFile;
  try {
    file = await readPhotoFile(path, pipeline.limits);
  } catch (error) {
    return { path, vectors: unreadable(error) };
  }
  const { sha256 } = file;
  const known = await knownVectors(file, pipeline);
  if (known !== undefined) return { path, sha256, vectors: known };
  const vectors = await (pipeline.pool?.embed(file) ?? embedPhoto(file, pipeline));
  await keepVectors(file, pipeline, vectors);
  return { path, sha256, vectors };
}
