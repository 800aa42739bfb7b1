import { createHash } from "node:crypto";
import type { PhotoLimits } from "../images/photo-limits.js";
import { readPhoto } from "../images/read-photo.js";

/** A photo as it lies on the disk, read once: what is decoded is what was hashed. */
export interface PhotoFile {
  /** For messages. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Of the bytes, in hexadecimal. */
  readonly sha256: string;
}

/** @throws InputError `cannot read photo: <path> (<reason>)`. */
export async function readPhotoFile(path: string, limits: PhotoLimits = {}): Promise<PhotoFile> {
  const bytes = await readPhoto(path, limits);
  return { path, bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}
