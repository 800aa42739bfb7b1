import { type Aligner, type Box, fivePointAligner, type Landmarks5, type RgbImage } from "facelab";

/** What {@link rectangleAligner} cuts out. */
export interface RectangleOptions {
  readonly name: string;
  /** Width and height of the chip in pixels. */
  readonly size: number;
  /** What the rectangle depends on, beside the landmarks. */
  readonly params: Aligner["params"];
  /** The rectangle of a face, from edge to edge of its pixels. */
  readonly rectangleOf: (landmarks: Landmarks5, image: RgbImage) => Box;
}

/** An aligner that cuts an upright square out of the photo, from corner to corner. */
export function rectangleAligner({ name, size, params, rectangleOf }: RectangleOptions): Aligner {
  const whole = { x: -0.5, y: -0.5, width: size, height: size };
  const square = fivePointAligner({ name, size, template: cornersOf(whole) });
  return {
    ...square,
    params: { ...square.params, ...params },
    align: (image, landmarks) => square.align(image, cornersOf(rectangleOf(landmarks, image))),
  };
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
