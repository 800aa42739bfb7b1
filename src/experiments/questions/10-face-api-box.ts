import { type Aligner, type Box, fivePointAligner, type Landmarks5 } from "facelab";

const SIZE = 150;

/**
 * The chip that face-api gives to dlib's network: a square that stays upright, whose side is the mean distance from the eyes to the mouth
 * over 0.45, with the middle of eyes and mouth at (0.5, 0.43) of it. face-api takes the eyes and the mouth from its 68 points,
 * and rounds to whole pixels; here they are MTCNN's, not rounded.
 */
export function faceApiBoxAligner(): Aligner {
  const square = fivePointAligner({
    name: "face-api's box",
    size: SIZE,
    template: cornersOf({ x: -0.5, y: -0.5, width: SIZE, height: SIZE }),
  });
  return { ...square, align: (image, landmarks) => square.align(image, cornersOf(faceApiBox(landmarks))) };
}

/** The square about a face. */
export function faceApiBox([left, right, , leftMouth, rightMouth]: Landmarks5): Box {
  const mouth = { x: (leftMouth.x + rightMouth.x) / 2, y: (leftMouth.y + rightMouth.y) / 2 };
  const toMouth = [left, right].map(({ x, y }) => Math.hypot(mouth.x - x, mouth.y - y));
  const side = (toMouth[0]! + toMouth[1]!) / 2 / 0.45;
  const x = (left.x + right.x + mouth.x) / 3 - 0.5 * side;
  const y = (left.y + right.y + mouth.y) / 3 - 0.43 * side;
  return { x, y, width: side, height: side };
}

/** A rectangle as five points: its corners and its middle. */
function cornersOf({ x, y, width, height }: Box): Landmarks5 {
  const [right, bottom] = [x + width, y + height];
  return [
    { x, y },
    { x: right, y },
    { x: x + width / 2, y: y + height / 2 },
    { x, y: bottom },
    { x: right, y: bottom },
  ];
}
