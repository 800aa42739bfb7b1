import { requireNumber } from "../errors.js";
import { warpImage } from "../images/warp-image.js";
import type { Detection, Detector, Point } from "../types.js";

/**
 * A detector that sees each photo with a black border about it: faces that touch the photo's own border are then shown whole, with the missing
 * part black, and not stretched. Boxes and landmarks are those of the photo without the border.
 * @param padding width of the border, as a part of the photo's width at its left and right and of its height above and below, in (0, 2].
 * @throws InputError on a padding out of range.
 */
export function paddedDetector(detector: Detector, padding: number): Detector {
  requireNumber("padding", padding, 0, 2);
  return {
    name: detector.name,
    params: { ...detector.params, padding },
    models: detector.models,
    async detect(photo) {
      const x = Math.round(padding * photo.width);
      const y = Math.round(padding * photo.height);
      const padded = warpImage(
        photo,
        { a: 1, b: 0, dx: -x, dy: -y },
        photo.width + 2 * x,
        photo.height + 2 * y,
      );
      const found = await detector.detect(padded);
      const moved = (point: Point): Point => ({ x: point.x - x, y: point.y - y });
      return found.map(
        ({ box, score, landmarks: [left, right, nose, mouthLeft, mouthRight] }): Detection => ({
          box: { ...box, x: box.x - x, y: box.y - y },
          score,
          landmarks: [moved(left), moved(right), moved(nose), moved(mouthLeft), moved(mouthRight)],
        }),
      );
    },
  };
}
