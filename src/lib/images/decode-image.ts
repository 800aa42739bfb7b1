import { readFile } from "node:fs/promises";
import sharp from "sharp";
import { InputError } from "../errors.js";
import type { RgbImage } from "../types.js";
import { isPnm, readPnm } from "./read-pnm.js";

// sharp also reads SVG and others; a drawing that pulls in further files is not a photo.
const PHOTO_FORMATS = ["avif", "gif", "heif", "jpeg", "png", "tiff", "webp"];

/** How {@link decodeImage} treats what a photo can hold and an RgbImage cannot. */
export interface DecodeOptions {
  /** The colour behind transparent pixels, as in CSS. @default "#ffffff" */
  readonly background?: string;
  /** What messages call bytes that were read from somewhere. @default their number */
  readonly name?: string;
}

/**
 * Decodes a photo to 8-bit RGB: upright (EXIF orientation applied), sRGB (an embedded profile is applied), flattened on
 * the background; grey, CMYK and 16-bit are converted; of an animation or a multi-page file the first picture.
 * The content says what the format is, not the suffix.
 * @param photo a path, or the file's bytes: JPEG, PNG, WebP, AVIF, GIF, TIFF, PGM or PPM.
 * @throws InputError `cannot read photo: <path> (<reason>)` where there is no such file or it cannot be decoded.
 */
export async function decodeImage(
  photo: string | Uint8Array,
  { background = "#ffffff", name }: DecodeOptions = {},
): Promise<RgbImage> {
  const bytes = typeof photo === "string" ? await readPhoto(photo) : photo;
  try {
    if (bytes.length === 0) throw new InputError("the file is empty");
    return isPnm(bytes) ? readPnm(bytes) : await decodeWithSharp(bytes, background);
  } catch (cause) {
    throw unreadable(name ?? (typeof photo === "string" ? photo : `${photo.length} bytes`), cause);
  }
}

/**
 * Reads a photo's bytes, whatever they are.
 * @throws InputError as {@link decodeImage}.
 */
export async function readPhoto(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** What computes the pixels, for whoever keeps what was made of them: another version may round otherwise. */
export function decoderVersions(): Readonly<Record<string, string>> {
  return { sharp: sharp.versions.sharp ?? "", vips: sharp.versions.vips };
}

function unreadable(name: string, cause: unknown): InputError {
  return new InputError(`cannot read photo: ${name} (${reason(cause)})`, { cause });
}

async function decodeWithSharp(bytes: Uint8Array, background: string): Promise<RgbImage> {
  // "error" refuses cut-off files but not the harmless oddities that cameras write ("warning", sharp's default, does).
  const image = sharp(bytes, { failOn: "error", autoOrient: true });
  const { format } = await image.metadata();
  if (!PHOTO_FORMATS.includes(format)) throw new InputError(`${format} is not a photo format`);
  const { data, info } = await image
    .flatten({ background })
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new InputError(`${info.channels} channels (expected 3)`);
  return {
    width: info.width,
    height: info.height,
    data: new Uint8Array(data.buffer, data.byteOffset, data.length),
  };
}

function reason(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === "ENOENT") return "no such file";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES") return "permission denied";
  return message.replaceAll(/\s+/g, " ").trim();
}
