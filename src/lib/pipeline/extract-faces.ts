import type { Photo } from "../datasets/photo.js";
import { cropSquare } from "../images/crop-square.js";
import type { Aligner, Landmarks5, Point, RgbImage } from "../types.js";
import type { FacePipeline } from "./face-pipeline.js";
import { findFaces } from "./find-faces.js";

/** Width and height of the face crops in a faces file, in pixels: FaceNet's input, known from many walkthroughs. */
export const CROP_SIZE = 160;

/** A photo after detection: a face cut out twice, or the reason why there is none. */
export type ExtractedPhoto = {
  readonly path: string;
  readonly label: string;
  readonly part?: "train" | "test";
} & (
  | {
      readonly kind: "face";
      /** The detector's box as a square of {@link CROP_SIZE} pixels, upright or not. */
      readonly crop: RgbImage;
      /** In pixels of the crop. */
      readonly landmarks: Landmarks5;
      /** The aligned face, as the embedder wants it. */
      readonly chip: RgbImage;
    }
  | { readonly kind: "none"; readonly reason: string; readonly detail: string }
);

/**
 * Finds and cuts out the faces of a dataset.
 * @param aligner of the embedder that the chips are for.
 * @param onProgress called after each photo with the number done so far.
 * @returns one entry for each photo, in order; with `--face all` one for each face.
 */
export async function extractFaces(
  photos: readonly Photo[],
  { detector, face }: Pick<FacePipeline, "detector" | "face">,
  aligner: Aligner,
  onProgress: (done: number) => void = () => {},
): Promise<ExtractedPhoto[]> {
  const extracted: ExtractedPhoto[] = [];
  for (const [index, photo] of photos.entries()) {
    const found = await findFaces(photo.path, detector, face);
    if (found.kind === "none") {
      extracted.push({ ...photo, kind: "none", reason: found.reason, detail: found.detail });
    } else {
      for (const { box, landmarks } of found.faces) {
        const { image: crop, toPhoto } = cropSquare(found.image, box, CROP_SIZE);
        const inCrop = ({ x, y }: Point): Point => ({
          x: (x - toPhoto.dx) / toPhoto.a,
          y: (y - toPhoto.dy) / toPhoto.a,
        });
        const [left, right, nose, mouthLeft, mouthRight] = landmarks;
        extracted.push({
          ...photo,
          kind: "face",
          crop,
          landmarks: [inCrop(left), inCrop(right), inCrop(nose), inCrop(mouthLeft), inCrop(mouthRight)],
          chip: aligner.align(found.image, landmarks),
        });
      }
    }
    onProgress(index + 1);
  }
  return extracted;
}
