import type { Aligner, Landmarks5, Point } from "../types.js";
import { type FivePointOptions, fivePointAligner } from "./five-point-aligner.js";

const SIZE = 150;
/** What dlib leaves around the mean face shape on each side, as a part of the shape's width. */
const PADDING = 0.25;

/**
 * dlib's mean face shape (dlib/image_transforms/interpolation.h: get_face_chip_details), reduced to five points: each
 * eye is the mean of its six points; the tip of the nose and the corners of the mouth are points 31, 49 and 55 of 68.
 * The shape fills the unit square.
 */
const MEAN_SHAPE: Landmarks5 = [
  { x: 0.225492, y: 0.21599 },
  { x: 0.754761, y: 0.21599 },
  { x: 0.490127, y: 0.515625 },
  { x: 0.254149, y: 0.780233 },
  { x: 0.726104, y: 0.780233 },
];

/**
 * The chip of dlib's face recognition network: 150 x 150, upright.
 * @param zoomOut how much more of the photo the chip shows than dlib's own; 1.07 is 7 % more. The default has the largest
 *   area under the ROC curve of 0.94 to 1.14 on View 1 of LFW, the part to tune on (`npm run tune:chip` prints the table).
 * @param turn false leaves the face as tilted as it is in the photo.
 */
export function dlibAligner({
  zoomOut = 1,
  turn = true,
}: Pick<FivePointOptions, "zoomOut" | "turn"> = {}): Aligner {
  const place = (value: number): number => ((PADDING + value) / (1 + 2 * PADDING)) * SIZE;
  const template = MEAN_SHAPE.map(({ x, y }): Point => ({ x: place(x), y: place(y) }));
  return fivePointAligner({
    name: "dlib-150",
    size: SIZE,
    template: template as unknown as Landmarks5,
    zoomOut,
    turn,
  });
}
