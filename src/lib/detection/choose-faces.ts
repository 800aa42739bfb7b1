import { InputError } from "../errors.js";
import type { Box, Detection } from "../types.js";

/** Which of several faces in a photo is meant. */
export type FaceChoice = "centre" | "largest" | "all" | "only";

/** Every {@link FaceChoice}, the default first. */
export const faceChoices: readonly FaceChoice[] = ["centre", "largest", "all", "only"];

/** Checks a word from outside. @throws InputError as in `unknown face choice: biggest (expected centre, ...)`. */
export function requireFaceChoice(value: string): FaceChoice {
  const choice = faceChoices.find((known) => known === value);
  if (choice === undefined) {
    throw new InputError(`unknown face choice: ${value} (expected ${faceChoices.join(", ")})`);
  }
  return choice;
}

/**
 * Picks the face that a photo is of.
 * - `centre`: the largest, each area weighted by 1 - distance of its centre from the photo's centre / half the photo's
 *   diagonal: a face half-way to a corner needs twice the area of one in the centre;
 * - `largest`: the one with the largest area;
 * - `all`: every face, best score first;
 * - `only`: the one face, and none where there are several.
 * @param photo width and height in pixels.
 */
export function chooseFaces(
  faces: readonly Detection[],
  photo: { readonly width: number; readonly height: number },
  choice: FaceChoice,
): Detection[] {
  if (choice === "all" || faces.length === 0) return [...faces];
  if (choice === "only") return faces.length === 1 ? [...faces] : [];
  const weight = choice === "largest" ? area : (box: Box) => area(box) * centrality(box, photo);
  const best = faces.reduce((a, b) => (weight(b.box) > weight(a.box) ? b : a));
  return [best];
}

function area({ width, height }: Box): number {
  return Math.max(width, 0) * Math.max(height, 0);
}

/** 1 in the centre of the photo, 0 in its corners and beyond. */
function centrality(box: Box, photo: { readonly width: number; readonly height: number }): number {
  const dx = box.x + box.width / 2 - photo.width / 2;
  const dy = box.y + box.height / 2 - photo.height / 2;
  return Math.max(0, 1 - Math.hypot(dx, dy) / (Math.hypot(photo.width, photo.height) / 2));
}
