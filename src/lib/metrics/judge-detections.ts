import { InputError, requireNumber } from "../errors.js";
import type { Box } from "../types.js";
import { boxOverlap } from "./box-overlap.js";

/** A face that was marked by hand. */
export interface MarkedFace {
  readonly box: Box;
  /** Finding it is neither right nor wrong: it belongs to another difficulty, or cannot be told. */
  readonly ignored: boolean;
}

/** What a detection is worth: a face found for the first time, nothing, or one that does not count. */
export type DetectionOutcome = "hit" | "false" | "ignored";

/**
 * Judges the detections of one photo against the faces marked in it, as WIDER FACE's evaluation does: best score first, each detection
 * belongs to the face that it overlaps most. Below `minOverlap` it is false; on an ignored face it is ignored; on a face that a better one
 * has found already it is false.
 *
 * Yang, Luo, Loy & Tang: WIDER FACE: A Face Detection Benchmark, CVPR 2016. Its code adds a pixel to each side of a box; here a side is its
 * length.
 * @param found boxes with scores, in any order.
 * @param minOverlap least intersection over union, in (0, 1].
 * @returns one outcome for each detection, in the order of `found`.
 * @throws InputError on a score that is not finite or a `minOverlap` out of range.
 */
export function judgeDetections(
  found: readonly { readonly box: Box; readonly score: number }[],
  faces: readonly MarkedFace[],
  minOverlap = 0.5,
): DetectionOutcome[] {
  requireNumber("minOverlap", minOverlap, 0, 1);
  for (const { score } of found) {
    if (!Number.isFinite(score)) throw new InputError(`invalid score: ${score} (must be finite)`);
  }
  const taken = new Set<number>();
  const outcomes: DetectionOutcome[] = found.map(() => "false");
  const order = [...found.keys()].sort((a, b) => found[b]!.score - found[a]!.score);
  for (const i of order) {
    const overlaps = faces.map(({ box }) => boxOverlap(found[i]!.box, box));
    const best = overlaps.reduce((most, overlap, j) => (overlap > (overlaps[most] ?? 0) ? j : most), 0);
    const face = faces[best];
    if (face === undefined || overlaps[best]! < minOverlap) continue;
    if (face.ignored) outcomes[i] = "ignored";
    else if (!taken.has(best)) {
      taken.add(best);
      outcomes[i] = "hit";
    }
  }
  return outcomes;
}
