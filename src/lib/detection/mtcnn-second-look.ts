import type { IntegralImage } from "../images/integral-image.js";
import type { OnnxSession } from "../inference/onnx-session.js";
import type { Scratch } from "../inference/scratch.js";
import type { Landmarks5, Point } from "../types.js";
import { landmarksIn, type RefinedBox, showSquares, squareAround } from "./mtcnn-refinement.js";
import type { ScoredBox } from "./non-maximum-suppression.js";

/** Sides of the squares that O-Net is shown, mirrored, about a face's refined box: as parts of the box's longer side. */
const SIDES = [1, 0.85];
/** Where a mirror image has the points of {@link Landmarks5}: left and right change places. */
const MIRRORED = [1, 0, 2, 4, 3] as const;

/**
 * Shows O-Net each face twice more, mirrored, on squares about the box that it made itself, and returns the means of its three answers
 * for the points; boxes and scores stay. On 917 faces of LFW's View 1 (training) the median distance from the published weights' points falls from
 * 3.96 to 3.28 % of the eye distance; with one of the two looks it is 3.41 or 3.42, and a third brings 0.03.
 * @param faces with their points, in photo pixels.
 */
export async function lookAgain(
  onet: OnnxSession,
  image: IntegralImage,
  faces: readonly RefinedBox[],
  scratch: Scratch,
): Promise<RefinedBox[]> {
  const looks = faces.flatMap((face) =>
    SIDES.map((side) => ({ face, square: scaled(squareAround(face), side), mirrored: true })),
  );
  const answers = new Map(faces.map((face) => [face, [face.landmarks as Landmarks5]]));
  await showSquares(onet, image, looks, 48, scratch, ({ face, square }, { landmarks }, row) => {
    if (landmarks === undefined) throw new Error("O-Net has no landmarks");
    answers.get(face)?.push(turned(landmarksIn(square, landmarks, row), square));
  });
  return faces.map((face) => ({ ...face, landmarks: meanOf(answers.get(face) as Landmarks5[]) }));
}

/** The same square about its centre, with sides `factor` times as long. */
function scaled({ x1, y1, x2, y2, score }: ScoredBox, factor: number): ScoredBox {
  const margin = ((x2 - x1) * (1 - factor)) / 2;
  return { x1: x1 + margin, y1: y1 + margin, x2: x2 - margin, y2: y2 - margin, score };
}

/** Points of a square's mirror image, in the square. */
function turned(landmarks: Landmarks5, square: ScoredBox): Landmarks5 {
  // Left and right border in pixels from 0, added up: boxes count from 1 and include their last pixel.
  const borders = square.x1 - 1 + square.x2;
  const point = (index: number): Point => {
    const { x, y } = landmarks[MIRRORED[index] as 0 | 1 | 2 | 3 | 4];
    return { x: borders - x, y };
  };
  return [point(0), point(1), point(2), point(3), point(4)];
}

function meanOf(answers: readonly Landmarks5[]): Landmarks5 {
  const mean = (index: 0 | 1 | 2 | 3 | 4): Point => {
    const sum = { x: 0, y: 0 };
    for (const points of answers) {
      sum.x += points[index].x;
      sum.y += points[index].y;
    }
    return { x: sum.x / answers.length, y: sum.y / answers.length };
  };
  return [mean(0), mean(1), mean(2), mean(3), mean(4)];
}
