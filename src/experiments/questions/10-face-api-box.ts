import type { Aligner, Box, Landmarks5 } from "facelab";
import { rectangleAligner } from "./rectangle-aligner.js";

/** face-api's: the distance from eyes to mouth in parts of the side, and where their middle is in the square. */
const PLACE = { eyesToMouth: 0.45, x: 0.5, y: 0.43 } as const;

/**
 * The chip that face-api gives to dlib's network: a square that stays upright, whose side is the mean distance from the eyes to the mouth
 * over 0.45, with the middle of eyes and mouth at (0.5, 0.43) of it. face-api takes the eyes and the mouth from its 68 points,
 * rounds to whole pixels, and keeps the square's left and top inside of the photo; here they are MTCNN's, and the square is where it is.
 */
export function faceApiBoxAligner(): Aligner {
  return rectangleAligner({ name: "face-api's box", size: 150, params: PLACE, rectangleOf: faceApiBox });
}

/** The square about a face. */
export function faceApiBox([left, right, , leftMouth, rightMouth]: Landmarks5): Box {
  const mouth = { x: (leftMouth.x + rightMouth.x) / 2, y: (leftMouth.y + rightMouth.y) / 2 };
  const toMouth = [left, right].map(({ x, y }) => Math.hypot(mouth.x - x, mouth.y - y));
  const side = (toMouth[0]! + toMouth[1]!) / 2 / PLACE.eyesToMouth;
  const x = (left.x + right.x + mouth.x) / 3 - PLACE.x * side;
  const y = (left.y + right.y + mouth.y) / 3 - PLACE.y * side;
  return { x, y, width: side, height: side };
}
