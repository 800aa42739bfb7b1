import { InputError } from "../errors.js";
import { loadFaceApi } from "../inference/face-api.js";
import type { Detector } from "../types.js";
import { landmarks68To5 } from "./landmarks-68-to-5.js";

export interface TinyDetectorOptions {
  /**
   * The network sees the photo as a square of so many pixels, a multiple of 32: a smaller one is faster and misses small faces.
   * @default 416, as in face-api
   */
  readonly inputSize?: number;
  /** Detections must score above this, in (0, 1), neither end. @default 0.5, as in face-api */
  readonly scoreThreshold?: number;
}

/**
 * face-api's tiny face detector (0.2 MB), with the five landmarks taken from its 68-point network: the same boxes, scores and points as
 * `faceapi.detectAllFaces(photo, new faceapi.TinyFaceDetectorOptions()).withFaceLandmarks()`; but where a box begins outside of the photo,
 * face-api moves the points by as much, and here they stay on the face. Its boxes are wider than high and take in more than the face, and
 * it misses small faces in large photos as SSD does.
 * @throws InputError on an option out of range.
 */
export async function tinyDetector({
  inputSize = 416,
  scoreThreshold = 0.5,
}: TinyDetectorOptions = {}): Promise<Detector> {
  if (!(Number.isInteger(inputSize) && inputSize >= 32 && inputSize % 32 === 0)) {
    throw new InputError(`invalid inputSize: ${inputSize} (must be a multiple of 32, >= 32)`);
  }
  if (!(scoreThreshold > 0 && scoreThreshold < 1)) {
    throw new InputError(`invalid scoreThreshold: ${scoreThreshold} (must be a number > 0 and < 1)`);
  }
  const faceApi = await loadFaceApi();
  return {
    name: "tiny",
    params: { inputSize, scoreThreshold },
    models: await Promise.all([faceApi.card("tiny"), faceApi.card("landmarks68")]),
    async detect(image) {
      const found = await faceApi.detectTiny(image, inputSize, scoreThreshold);
      const boxes = found.map(({ box }) => box);
      const faces = await faceApi.landmarks68(image, boxes);
      return found.map(({ box, score }, i) => ({ box, score, landmarks: landmarks68To5(faces[i]!) }));
    },
  };
}
