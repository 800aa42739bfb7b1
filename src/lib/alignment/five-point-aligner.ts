import { InputError, requireNumber } from "../errors.js";
import { warpImage } from "../images/warp-image.js";
import type { Aligner, Landmarks5, Point } from "../types.js";
import { similarityTransform } from "./similarity-transform.js";

export interface FivePointOptions {
  /** Name of the chip, stored beside whatever was computed from it. */
  readonly name: string;
  /** Width and height of the chip in pixels. */
  readonly size: number;
  /** Where the five landmarks belong in the chip, in pixels. */
  readonly template: Landmarks5;
  /** How much more of the photo the chip shows than the template asks for; 1.07 is 7 % more. @default 1 */
  readonly zoomOut?: number;
  /** Whether the face is turned upright; false leaves it as tilted as in the photo, and the points say only where and how large it is. @default true */
  readonly turn?: boolean;
}

/**
 * Cuts faces out upright and at one size: the similarity transform that takes the template nearest to the face's five
 * landmarks.
 * @throws InputError where zoomOut is not in (0, 4].
 */
export function fivePointAligner({
  name,
  size,
  template,
  zoomOut = 1,
  turn = true,
}: FivePointOptions): Aligner {
  requireNumber("zoomOut", zoomOut, 0, 4);
  const centre = (size - 1) / 2;
  const shrink = (value: number): number => centre + (value - centre) / zoomOut;
  const target = template.map(({ x, y }): Point => ({ x: shrink(x), y: shrink(y) }));
  return {
    name,
    size,
    params: { size, zoomOut, ...(turn ? {} : { turn }) },
    align(image, landmarks) {
      if (!landmarks.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y))) {
        throw new InputError(`cannot align: a landmark is not a number (${JSON.stringify(landmarks)})`);
      }
      return warpImage(image, similarityTransform(target, landmarks, turn), size, size);
    },
  };
}
