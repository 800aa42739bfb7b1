import { InputError, requireInteger } from "../errors.js";
import type { DetectionOutcome } from "./judge-detections.js";

/** A detection that was judged. */
export interface JudgedDetection {
  readonly score: number;
  readonly outcome: DetectionOutcome;
}

/** What all detections with at least this score come to. */
export interface DetectionCurvePoint {
  readonly score: number;
  readonly hits: number;
  readonly falsePositives: number;
}

/**
 * Hits and false positives of every threshold, pooled over all photos.
 * @param judged detections of all photos, in any order; ignored ones are left out.
 * @param faces that can be found, >= 1.
 * @returns a point for each score that occurs, highest first: detections of equal scores come and go together.
 * @throws InputError on `faces` out of range, a score that is not finite, or more hits than faces.
 */
export function detectionCurve(judged: readonly JudgedDetection[], faces: number): DetectionCurvePoint[] {
  requireInteger("faces", faces, 1);
  const counted = judged.filter(({ outcome }) => outcome !== "ignored").sort((a, b) => b.score - a.score);
  const points: DetectionCurvePoint[] = [];
  let [hits, falsePositives] = [0, 0];
  for (const [i, { score, outcome }] of counted.entries()) {
    if (!Number.isFinite(score)) throw new InputError(`invalid score: ${score} (must be finite)`);
    if (outcome === "hit") hits++;
    else falsePositives++;
    if (counted[i + 1]?.score !== score) points.push({ score, hits, falsePositives });
  }
  if (hits > faces) throw new InputError(`invalid faces: ${faces} (there are ${hits} hits)`);
  return points;
}
