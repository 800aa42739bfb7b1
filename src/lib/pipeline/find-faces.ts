import { chooseFaces, type FaceChoice } from "../detection/choose-faces.js";
import { InputError } from "../errors.js";
import { decodeImage } from "../images/decode-image.js";
import type { Detection, Detector, RgbImage } from "../types.js";

/** Why there is no face of a photo; the words are printed and counted. */
export type NoFaceReason = "unreadable" | "no face found" | "several faces";

/** What became of one photo. */
export type FoundFaces =
  | { readonly kind: "faces"; readonly image: RgbImage; readonly faces: readonly Detection[] }
  | { readonly kind: "none"; readonly reason: NoFaceReason; readonly detail: string };

/**
 * Decodes a photo, finds its faces and picks the one that it is of. A photo that cannot be read, or shows no face, is
 * an answer and not an error: one bad photo never stops a batch.
 * @param path any format that decodeImage reads.
 */
export async function findFaces(path: string, detector: Detector, choice: FaceChoice): Promise<FoundFaces> {
  let image: RgbImage;
  try {
    image = await decodeImage(path);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { kind: "none", reason: "unreadable", detail: error.message };
  }
  const found = await detector.detect(image);
  const faces = chooseFaces(found, image, choice);
  if (faces.length > 0) return { kind: "faces", image, faces };
  return found.length === 0
    ? { kind: "none", reason: "no face found", detail: `${image.width} x ${image.height} pixels` }
    : { kind: "none", reason: "several faces", detail: `${found.length} faces` };
}
