import { InputError, requireInteger } from "../errors.js";
import { resizeImage } from "../images/resize-image.js";
import { loadFaceApi } from "../inference/face-api.js";
import { loadModelFiles } from "../inference/find-model.js";
import { modelEntry } from "../inference/model-registry.js";
import { loadCascade, mostCascadePixels } from "../inference/opencv.js";
import type { Detector } from "../types.js";
import { landmarks68To5 } from "./landmarks-68-to-5.js";

export interface HaarOptions {
  /** Each level of the image pyramid is smaller by this than the one before, > 1. @default 1.1, as in OpenCV */
  readonly scaleFactor?: number;
  /** A box stays where more windows than this agree on it. @default 3, as in OpenCV */
  readonly minNeighbors?: number;
  /** Side of the smallest face to look for, in pixels (OpenCV's `minSize`); the cascade itself sees none below 24. @default 20 */
  readonly minFaceSize?: number;
}

/**
 * OpenCV's cascade for frontal faces: Viola & Jones, Rapid Object Detection using a Boosted Cascade of Simple Features, 2001; trained by
 * Lienhart. Boxes are those of `cv::CascadeClassifier::detectMultiScale` on the grey photo. It knows no landmarks: the five come from
 * face-api's 68-point network in each box, as for SSD, so that all that follows works as with other detectors.
 *
 * A cascade has no confidence. The score is n / (n + 1) for n windows that agree on the box: it orders faces, and is no probability;
 * with the default `minNeighbors` it is 0.8 or more, for false alarms too. OpenCV's other number, the sum of the last stage
 * (`levelWeights`), ordered faces worse where it was tried.
 * Photos of more pixels than OpenCV's WebAssembly has memory for, 7 million by default and fewer with a smaller `scaleFactor`, are looked at
 * in a copy of that many: faces that are smaller than 24 pixels there are not found.
 * @throws InputError on an option out of range, and where the cascade's file is missing or another one (`facelab models fetch haarcascade`).
 */
export async function haar({
  scaleFactor = 1.1,
  minNeighbors = 3,
  minFaceSize = 20,
}: HaarOptions = {}): Promise<Detector> {
  if (!(scaleFactor > 1 && Number.isFinite(scaleFactor))) {
    throw new InputError(`invalid scaleFactor: ${scaleFactor} (must be a number > 1)`);
  }
  requireInteger("minNeighbors", minNeighbors, 0);
  requireInteger("minFaceSize", minFaceSize, 1);
  const { licence } = modelEntry("haarcascade");
  const [file] = await loadModelFiles("haarcascade");
  if (file === undefined) throw new Error("haarcascade has no file in the registry");
  const cascade = await loadCascade(file.bytes, file.sha256);
  const faceApi = await loadFaceApi();
  return {
    name: "haar",
    params: { scaleFactor, minNeighbors, minFaceSize },
    models: [
      {
        name: "Haar cascade for frontal faces",
        source: file.path,
        sha256: file.sha256,
        engine: cascade.engine,
        licence,
        inputs: ["photo: height x width, grey; windows of 24 x 24 in a pyramid of it"],
        outputs: ["boxes: N x 4 (whole pixels)", "windows that agree on each: N"],
      },
      await faceApi.card("landmarks68"),
    ],
    async detect(image) {
      const { width, height } = image;
      const shrink = Math.sqrt(Math.max(1, (width * height) / mostCascadePixels(scaleFactor)));
      const [columns, rows] = [Math.floor(width / shrink), Math.floor(height / shrink)];
      if (columns < 1 || rows < 1) return [];
      const seen = shrink === 1 ? image : await resizeImage(image, columns, rows);
      const [right, down] = [width / seen.width, height / seen.height];
      const minSize = Math.max(1, Math.floor(minFaceSize / shrink));
      const found = cascade
        .detect(seen, { scaleFactor, minNeighbors, minSize })
        .map(({ box, neighbours }) => ({
          box: { x: box.x * right, y: box.y * down, width: box.width * right, height: box.height * down },
          score: neighbours / (neighbours + 1),
        }))
        .sort((a, b) => b.score - a.score);
      const faces = await faceApi.landmarks68(
        image,
        found.map(({ box }) => box),
      );
      return found.map(({ box, score }, i) => ({ box, score, landmarks: landmarks68To5(faces[i]!) }));
    },
  };
}
