import { createHash } from "node:crypto";
import { readPhoto } from "../images/decode-image.js";

/** A photo as it lies on the disk, read once: what is decoded is what was hashed. */
export interface PhotoFile {
  /** For messages. */
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Of the bytes, in hexadecimal. */
  readonly sha256: string;
}

/** @throws InputError `cannot read photo: <path> (<reason>)`. */
export async function readPhotoFile(path: string): Promise<PhotoFile> {
  const bytes = await readPhoto(path);
  return { path, bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}
