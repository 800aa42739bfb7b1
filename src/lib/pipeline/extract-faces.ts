import pMap from "p-map";
import type { Photo, PhotoIdentity } from "../datasets/photo.js";
import { cropSquare } from "../images/crop-square.js";
import type { Aligner, Detection, Point, RgbImage } from "../types.js";
import { findFaces, unreadable } from "./find-faces.js";
import { type PhotoFile, readPhotoFile } from "./photo-file.js";
import { sharing } from "./photo-pool.js";
import type { FaceCrop, FacePipeline, PhotoCrops } from "./pipeline-types.js";

/** Width and height of {@link FaceCrop.crop} in pixels: FaceNet's input, known from many walkthroughs. */
export const CROP_SIZE = 160;

/** A photo after detection: a face cut out twice, or the reason why there is none. */
export type ExtractedPhoto = {
  readonly path: string;
  readonly label: string;
  readonly part?: "train" | "test";
} & PhotoIdentity &
  (
    | ({ readonly kind: "face" } & FaceCrop)
    | { readonly kind: "none"; readonly reason: string; readonly detail: string }
  );

/**
 * Finds and cuts out the faces of a dataset; by the pipeline's pool, several photos at once, or one after the other where it has none.
 * @param aligner of the embedder that the chips are for; a pool has its own.
 * @param onProgress called after each photo with the number done so far.
 * @returns one entry for each photo, in order; with `--face all` one for each face.
 */
export async function extractFaces(
  photos: readonly Photo[],
  pipeline: Pick<FacePipeline, "detector" | "face" | "limits" | "cache" | "pool">,
  aligner: Aligner,
  onProgress: (done: number) => void = () => {},
): Promise<ExtractedPhoto[]> {
  const { pool, atOnce } = sharing(pipeline.pool, photos.length);
  let done = 0;
  const results = await pMap(
    photos,
    async (photo): Promise<ExtractedPhoto[]> => {
      const { sha256, crops } = await cropsOf(photo.path, { ...pipeline, pool }, aligner);
      onProgress(++done);
      if (crops.kind === "none") return [{ ...photo, sha256, ...crops }];
      const { imageHash } = crops;
      return crops.faces.map((face) => ({ ...photo, sha256, imageHash, kind: "face", ...face }));
    },
    { concurrency: atOnce },
  );
  return results.flat();
}

async function cropsOf(
  path: string,
  pipeline: Pick<FacePipeline, "detector" | "face" | "limits" | "cache" | "pool">,
  aligner: Aligner,
): Promise<{ readonly sha256?: string; readonly crops: PhotoCrops }> {
  let file: PhotoFile;
  try {
    file = await readPhotoFile(path, pipeline.limits);
  } catch (error) {
    return { crops: unreadable(error) };
  }
  const crops = await (pipeline.pool?.extract(file) ?? extractPhoto(file, pipeline, aligner));
  return { sha256: file.sha256, crops };
}

/** Finds and cuts out the faces of one photo. */
export async function extractPhoto(
  file: PhotoFile,
  { detector, face, limits, cache }: Pick<FacePipeline, "detector" | "face" | "limits" | "cache">,
  aligner: Aligner,
): Promise<PhotoCrops> {
  const found = await findFaces(file, detector, face, cache, limits);
  if (found.kind === "none") return found;
  const { image, imageHash, faces } = found;
  return { kind: "faces", imageHash, faces: faces.map((one) => cut(image, one, aligner)) };
}

function cut(photo: RgbImage, { box, landmarks }: Detection, aligner: Aligner): FaceCrop {
  const { image: crop, toPhoto } = cropSquare(photo, box, CROP_SIZE);
  const inCrop = ({ x, y }: Point): Point => ({
    x: (x - toPhoto.dx) / toPhoto.a,
    y: (y - toPhoto.dy) / toPhoto.a,
  });
  const [left, right, nose, mouthLeft, mouthRight] = landmarks;
  return {
    crop,
    landmarks: [inCrop(left), inCrop(right), inCrop(nose), inCrop(mouthLeft), inCrop(mouthRight)],
    chip: aligner.align(photo, landmarks),
  };
}
