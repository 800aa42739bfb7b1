import { requireInteger } from "../errors.js";
import type { DetectionCurvePoint } from "./detection-curve.js";

/** See {@link recallAtFalsePositives}. */
export interface RecallAtFalsePositives {
  /** Part of the faces that are found, in 0..1. */
  readonly recall: number;
  /** How many false positives there are at that threshold, at most as many as were allowed. */
  readonly falsePositives: number;
  /** The threshold; Infinity where nothing can be accepted. */
  readonly score: number;
  /** Whether the detector has that many false positives to give at all; where not, a lower threshold might find more. */
  readonly reached: boolean;
}

/**
 * The recall of a detector at the lowest threshold with at most so many false positives, pooled over all photos, as in the curves of
 * Jain & Learned-Miller: FDDB: A Benchmark for Face Detection in Unconstrained Settings, 2010.
 * @param curve of `detectionCurve`.
 * @param faces that can be found, >= 1.
 * @param allowed false positives, >= 0.
 * @throws InputError on counts out of range.
 */
export function recallAtFalsePositives(
  curve: readonly DetectionCurvePoint[],
  faces: number,
  allowed: number,
): RecallAtFalsePositives {
  requireInteger("faces", faces, 1);
  requireInteger("allowed", allowed, 0);
  const point = curve.findLast(({ falsePositives }) => falsePositives <= allowed);
  return {
    recall: (point?.hits ?? 0) / faces,
    falsePositives: point?.falsePositives ?? 0,
    score: point?.score ?? Number.POSITIVE_INFINITY,
    reached: (curve.at(-1)?.falsePositives ?? 0) >= allowed,
  };
}
