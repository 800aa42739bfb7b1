import type { Detection, Detector, RgbImage } from "../types.js";
import type { ScoredBox } from "./non-maximum-suppression.js";

/** One level of the pyramid: the photo made smaller, and what P-Net sees in it. */
export interface MtcnnLevel {
  /** Size relative to the photo, at most 1: faces of 12 / scale pixels fill P-Net's window. */
  readonly scale: number;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** P-Net's probability of a face, one row of the map after the other; a cell is a window of 12 x 12 pixels of the level, the next one 2 pixels further. */
  readonly map: readonly (readonly number[])[];
  /** How many cells reach the threshold. */
  readonly windows: number;
  /** How many of them are left where of those that overlap by more than half only the best stays. */
  readonly candidates: number;
}

/** What each of the three networks let pass, in photo pixels. */
export interface MtcnnStages {
  /** From the largest to the smallest; none for a photo in which the smallest face to look for does not fit. */
  readonly pyramid: readonly MtcnnLevel[];
  /** Candidates of all levels together, moved as P-Net proposes. */
  readonly proposed: readonly FaceCandidate[];
  /** What R-Net let pass of them, moved again. */
  readonly refined: readonly FaceCandidate[];
  /** What O-Net let pass of those, with landmarks: the answer of `detect`. */
  readonly faces: readonly Detection[];
}

/** MTCNN, which can also be watched at work. */
export interface MtcnnDetector extends Detector {
  /** Finds faces as `detect` does, and returns what came out of every stage. @param image RGB, any size. */
  stages(image: RgbImage): Promise<MtcnnStages>;
}

/** A box that one of the first two networks took for a face; landmarks come from the third. */
export type FaceCandidate = Pick<Detection, "box" | "score">;

/** From counting pixels from 1, the last one included, to a corner and a size. */
export function toCandidate({ x1, y1, x2, y2, score }: ScoredBox): FaceCandidate {
  return { box: { x: x1 - 1, y: y1 - 1, width: x2 - x1 + 1, height: y2 - y1 + 1 }, score };
}
