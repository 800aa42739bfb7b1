import { InputError, requireInteger } from "../errors.js";
import { loadFaceApi } from "../inference/face-api.js";
import type { Detector } from "../types.js";
import { landmarks68To5 } from "./landmarks-68-to-5.js";

export interface SsdDetectorOptions {
  /** Detections must score above this, in (0, 1), neither end. @default 0.5 */
  readonly minConfidence?: number;
  /** Keeps the best so many. @default 100 */
  readonly maxResults?: number;
}

/**
 * face-api's SSD on MobileNet v1, with the five landmarks taken from its 68-point network: the same boxes,
 * scores and points as `faceapi.detectAllFaces(...).withFaceLandmarks()`. It looks at the photo at 512 x 512,
 * so it misses small faces in large photos.
 * @throws InputError on an option out of range.
 */
export async function ssdDetector({
  minConfidence = 0.5,
  maxResults = 100,
}: SsdDetectorOptions = {}): Promise<Detector> {
  if (!(minConfidence > 0 && minConfidence < 1)) {
    throw new InputError(`invalid minConfidence: ${minConfidence} (must be a number > 0 and < 1)`);
  }
  requireInteger("maxResults", maxResults, 1);
  const faceApi = await loadFaceApi();
  return {
    name: "ssd",
    params: { minConfidence, maxResults },
    models: await Promise.all([faceApi.card("ssd"), faceApi.card("landmarks68")]),
    async detect(image) {
      const found = await faceApi.detectSsd(image, minConfidence, maxResults);
      const boxes = found.map(({ box }) => box);
      const faces = await faceApi.landmarks68(image, boxes);
      return found.map(({ box, score }, i) => ({ box, score, landmarks: landmarks68To5(faces[i]!) }));
    },
  };
}
