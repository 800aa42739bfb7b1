import { requireInteger } from "../errors.js";
import type { DetectionCurvePoint } from "./detection-curve.js";

/**
 * Average precision of a detector: the area below its curve of precision over recall, where the precision at a recall is the best one
 * reached at that recall or a higher one (all points, not eleven).
 *
 * Everingham, Van Gool, Williams, Winn & Zisserman: The PASCAL Visual Object Classes Challenge, IJCV 88, 2010, in its form since VOC 2010;
 * as WIDER FACE, which reads its curve at a thousand thresholds, while here it has every one.
 * @param curve of `detectionCurve`.
 * @param faces that can be found, >= 1.
 * @returns in 0..1; a detector that is cut off at a high threshold has no area beyond its last recall.
 * @throws InputError on `faces` out of range.
 */
export function detectionAveragePrecision(curve: readonly DetectionCurvePoint[], faces: number): number {
  requireInteger("faces", faces, 1);
  let [area, precision, later] = [0, 0, curve.at(-1)?.hits ?? 0];
  // From the last point back: the best precision so far is that at the same or a higher recall.
  for (const { hits, falsePositives } of [...curve].reverse()) {
    area += precision * ((later - hits) / faces);
    precision = Math.max(precision, hits / (hits + falsePositives));
    later = hits;
  }
  return area + precision * (later / faces);
}
