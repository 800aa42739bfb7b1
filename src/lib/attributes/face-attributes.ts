import { type FaceLook, loadFaceApi } from "../inference/face-api.js";
import type { Box, ModelCard, Point, RgbImage } from "../types.js";
import { eyeAspectRatio } from "./eye-aspect-ratio.js";

/** What face-api's networks say of a face: guesses of small networks, no measurements. */
export interface FaceAttributes extends FaceLook {
  /** The 68 landmarks, in pixels of the photo. */
  readonly landmarks: readonly Point[];
  /** How open the eyes are, see {@link eyeAspectRatio}. */
  readonly eyeAspectRatio: number;
}

/** {@link FaceAttributes} by their networks. */
export interface AttributeEstimator {
  readonly models: readonly ModelCard[];
  /**
   * Looks at the face in each box, in the boxes' order.
   * @param image RGB, any size.
   * @param boxes as a detector found them, in pixels.
   * @throws InputError where a box has no pixel inside of the photo.
   */
  estimate(image: RgbImage, boxes: readonly Box[]): Promise<FaceAttributes[]>;
}

/** face-api leaves so much around the landmarks, in parts of their extent: half of it on each side. */
const PADDING = 0.2;

/**
 * Age, expression and how open the eyes are, as face-api computes them: the same numbers as
 * `detectAllFaces(...).withFaceLandmarks().withFaceExpressions().withAgeAndGender()` gives for its boxes. A demonstration: the
 * networks are small, their training sets partly unknown, and nothing here says how somebody feels or whether they are tired.
 */
export async function attributeEstimator(): Promise<AttributeEstimator> {
  const faceApi = await loadFaceApi();
  return {
    models: await Promise.all(
      (["landmarks68", "age", "expression"] as const).map((net) => faceApi.card(net)),
    ),
    async estimate(image, boxes) {
      const faces = await faceApi.landmarks68(image, boxes);
      const looks = await faceApi.look(image, faces.map(aboutPoints));
      return faces.map((landmarks, i) => ({
        ...(looks[i] as FaceLook),
        landmarks,
        eyeAspectRatio: eyeAspectRatio(landmarks),
      }));
    },
  };
}

function aboutPoints(points: readonly Point[]): Box {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  return {
    x: left - (PADDING / 2) * width,
    y: top - (PADDING / 2) * height,
    width: (1 + PADDING) * width,
    height: (1 + PADDING) * height,
  };
}
