import type { Photo } from "../datasets/photo.js";
import type { RgbImage } from "../types.js";
import { embedChips, type FaceVectors } from "./embed-chips.js";
import type { EmbeddedPhoto } from "./embedded-set.js";
import type { FacePipeline } from "./face-pipeline.js";
import { findFaces } from "./find-faces.js";

/** Chips collected before the embedder runs: enough to fill its batches, few enough to hold. */
const CHIPS_AT_ONCE = 16;

/**
 * The direct way from photos to embeddings.
 * @param onProgress called after each photo with the number done so far.
 * @returns one entry for each photo, in order; with `--face all` one for each face.
 */
export async function embedPhotos(
  photos: readonly Photo[],
  { detector, face, embedder, others }: Pick<FacePipeline, "detector" | "face" | "embedder" | "others">,
  onProgress: (done: number) => void = () => {},
): Promise<EmbeddedPhoto[]> {
  const results: EmbeddedPhoto[] = [];
  let waiting: { photo: Photo; chip: RgbImage; at: number }[] = [];
  const flush = async (): Promise<void> => {
    const chips = waiting.map(({ chip }) => chip);
    const vectors = await embedChips(chips, { embedder, others });
    waiting.forEach(({ photo, at }, i) => {
      results[at] = { ...photo, kind: "face", ...(vectors[i] as FaceVectors) };
    });
    waiting = [];
  };
  let next = 0;
  for (const [index, photo] of photos.entries()) {
    const found = await findFaces(photo.path, detector, face);
    if (found.kind === "none") {
      results[next++] = { ...photo, kind: "none", reason: found.reason, detail: found.detail };
    } else {
      for (const { landmarks } of found.faces) {
        waiting.push({ photo, chip: embedder.aligner.align(found.image, landmarks), at: next++ });
      }
    }
    if (waiting.length >= CHIPS_AT_ONCE) await flush();
    onProgress(index + 1);
  }
  await flush();
  return results;
}
