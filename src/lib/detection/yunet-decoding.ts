import type { Detection, Landmarks5, Point } from "../types.js";
import { nonMaximumSuppression } from "./non-maximum-suppression.js";

/** What YuNet says of one grid over the picture: for every cell, row by row, one row of each list. */
export interface YunetGrid {
  /** Pixels between two cells. */
  readonly stride: number;
  /** Cells in a row of the grid. */
  readonly columns: number;
  /** How likely a face is there, 0..1, and how well the box would lie on it, 0..1: one each. */
  readonly face: Float32Array;
  readonly objectness: Float32Array;
  /** Four each: the centre's shift, and the logarithms of width and height, in strides. */
  readonly boxes: Float32Array;
  /** Ten each: the shifts of five points, x and y, in strides. */
  readonly points: Float32Array;
}

/**
 * Reads faces off YuNet's grids, as OpenCV's FaceDetectorYN does: the score is the root of the two probabilities' product.
 * @param minScore cells must score at least this, 0..1.
 * @param maxOverlap of two boxes that overlap more than this (IoU) the better one stays.
 * @returns best score first; boxes and landmarks in pixels of the picture.
 */
export function decodeYunet(grids: readonly YunetGrid[], minScore: number, maxOverlap: number): Detection[] {
  const found = grids.flatMap((grid) =>
    Array.from(grid.face.keys()).flatMap((cell) => {
      const score = Math.sqrt(unit(grid.face[cell]!) * unit(grid.objectness[cell]!));
      return score >= minScore ? [readCell(grid, cell, score)] : [];
    }),
  );
  const kept = nonMaximumSuppression(found, maxOverlap);
  return kept.map(({ x1, y1, x2, y2, score, landmarks }) => ({
    box: { x: x1, y: y1, width: x2 - x1, height: y2 - y1 },
    score,
    landmarks,
  }));
}

function readCell({ stride, columns, boxes, points }: YunetGrid, cell: number, score: number) {
  const [column, row] = [cell % columns, Math.floor(cell / columns)];
  const at = (right: number, down: number): Point => ({
    x: (column + right) * stride,
    y: (row + down) * stride,
  });
  const [right, down, width, height] = boxes.subarray(4 * cell, 4 * cell + 4) as unknown as number[];
  const centre = at(right!, down!);
  const half = { x: (Math.exp(width!) * stride) / 2, y: (Math.exp(height!) * stride) / 2 };
  const landmarks = [0, 1, 2, 3, 4].map((i) =>
    at(points[10 * cell + 2 * i]!, points[10 * cell + 2 * i + 1]!),
  );
  return {
    x1: centre.x - half.x,
    y1: centre.y - half.y,
    x2: centre.x + half.x,
    y2: centre.y + half.y,
    score,
    landmarks: landmarks as unknown as Landmarks5,
  };
}

function unit(value: number): number {
  return Math.min(1, Math.max(0, value));
}
