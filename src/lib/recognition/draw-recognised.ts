import { drawFaces, type FaceMark } from "../images/draw-faces.js";
import type { RgbImage } from "../types.js";
import type { RecognisedFace } from "./recognise-photo.js";

/**
 * Draws what was recognised: about each face a box with `name 97 % · 0.41`, the probability and the distance to the person's
 * nearest training face, or `unknown · 0.81`.
 * @param image the photo that the faces are of; see `drawFaces` for the size of the picture.
 */
export async function drawRecognised(image: RgbImage, faces: readonly RecognisedFace[]): Promise<RgbImage> {
  const marks = faces.map(({ box, identity, probability, distance }): FaceMark => {
    const apart = `· ${distance.toFixed(2)}`;
    return identity.kind === "person"
      ? { box, name: identity.label, detail: `${Math.round(100 * probability)} % ${apart}`, style: "known" }
      : { box, name: "unknown", detail: apart, style: "unknown" };
  });
  return drawFaces(image, marks);
}
