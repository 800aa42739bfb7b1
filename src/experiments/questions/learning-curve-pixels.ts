import {
  chooseDetector,
  dlibAligner,
  type EmbeddedPhoto,
  type Embedding,
  type LfwEmbeddings,
  ownPipeline,
  pixelsEmbedder,
} from "facelab";
import { embedOrStandIn } from "../embed-or-stand-in.js";
import { hasLfwPhotos, lfwPhotos } from "./lfw-material.js";
import type { QuestionContext } from "./question.js";

/**
 * The little grey pictures of some rows, which eigenfaces is made for; they are not in what ships. Where a face that ships is not found now,
 * the place counts where faces are on average.
 * @returns none in a quick run, and where there are no photos of LFW.
 */
export async function pixelsOf(
  rows: readonly number[],
  lfw: LfwEmbeddings,
  { quick, data, cache, onProgress }: QuestionContext,
): Promise<ReadonlyMap<number, Embedding>> {
  if (quick || rows.length === 0 || !hasLfwPhotos(data)) return new Map();
  const detector = await chooseDetector();
  const pipeline = ownPipeline({ detector, embedder: pixelsEmbedder({ aligner: dlibAligner() }), cache });
  const { embeddings } = await embedOrStandIn(lfwPhotos(data, lfw, rows), pipeline, onProgress);
  return new Map(rows.map((row, i) => [row, embeddings[i] as Embedding]));
}

/** A photo with its pixels beside its embedding. */
export function withPixels(photo: EmbeddedPhoto, pixels: Embedding | undefined): EmbeddedPhoto {
  if (photo.kind === "none" || pixels === undefined) return photo;
  return { ...photo, others: { ...photo.others, pixels } };
}
