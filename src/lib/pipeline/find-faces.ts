import { chooseFaces, type FaceChoice } from "../detection/choose-faces.js";
import { InputError } from "../errors.js";
import { decodeImage } from "../images/decode-image.js";
import { imageHash as hashOf } from "../images/image-hash.js";
import type { PhotoLimits } from "../images/photo-limits.js";
import type { Detection, Detector, RgbImage } from "../types.js";
import { codeFingerprint } from "./code-fingerprint.js";
import type { DiskCache } from "./disk-cache.js";
import { type PhotoFile, readPhotoFile } from "./photo-file.js";
import type { NoFace } from "./pipeline-types.js";
import { describeStep } from "./provenance.js";

/** What became of one photo. */
export type FoundFaces =
  | {
      readonly kind: "faces";
      readonly image: RgbImage;
      /** See `imageHash`. */
      readonly imageHash?: string;
      readonly faces: readonly Detection[];
    }
  | NoFace;

/**
 * Decodes a photo, finds its faces and picks the one that it is of. A photo that cannot be read, or shows no face, is
 * an answer and not an error: one bad photo never stops a batch.
 * @param photo a path, or a file that was read: any format that decodeImage reads.
 * @param cache keeps the detections, by the photo's bytes and the detector.
 * @param limits what is larger is not decoded, and counts as unreadable.
 */
export async function findFaces(
  photo: string | PhotoFile,
  detector: Detector,
  choice: FaceChoice,
  cache?: DiskCache,
  limits: PhotoLimits = {},
): Promise<FoundFaces> {
  let file: PhotoFile;
  let image: RgbImage;
  try {
    file = typeof photo === "string" ? await readPhotoFile(photo, limits) : photo;
    image = await decodeImage(file.bytes, { ...limits, name: file.path });
  } catch (error) {
    return unreadable(error);
  }
  const imageHash = hashOf(image);
  const found = await detections(file, image, detector, cache);
  const faces = chooseFaces(found, image, choice);
  if (faces.length > 0) return { kind: "faces", image, imageHash, faces };
  return found.length === 0
    ? { kind: "none", reason: "no face found", detail: `${image.width} x ${image.height} pixels`, imageHash }
    : { kind: "none", reason: "several faces", detail: `${found.length} faces`, imageHash };
}

/** The answer about a photo that could not be read. @throws whatever is no mistake of the photo's. */
export function unreadable(error: unknown): NoFace {
  if (!(error instanceof InputError)) throw error;
  return { kind: "none", reason: "unreadable", detail: error.message };
}

async function detections(
  { sha256 }: PhotoFile,
  image: RgbImage,
  detector: Detector,
  cache: DiskCache | undefined,
): Promise<Detection[]> {
  if (cache === undefined) return detector.detect(image);
  const key = ["detections", codeFingerprint(), sha256, describeStep(detector)];
  const known = await cache.get(key);
  if (known !== undefined) return known as Detection[];
  const found = await detector.detect(image);
  await cache.put(key, found);
  return found;
}
