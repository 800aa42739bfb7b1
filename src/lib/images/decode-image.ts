import sharp from "sharp";
import { InputError } from "../errors.js";
import type { RgbImage } from "../types.js";
import { type PhotoLimits, photoLimits, requireFewPixels } from "./photo-limits.js";
import { readPhoto, unreadablePhoto } from "./read-photo.js";
import { isPnm, readPnm } from "./read-pnm.js";

// sharp also reads SVG and others; a drawing that pulls in further files is not a photo.
const PHOTO_FORMATS = ["avif", "gif", "heif", "jpeg", "png", "tiff", "webp"];

/** How {@link decodeImage} treats what a photo can hold and an RgbImage cannot. */
export interface DecodeOptions extends PhotoLimits {
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
 * @throws InputError `cannot read photo: <path> (<reason>)` where there is no such file, it cannot be decoded or it is too large.
 */
export async function decodeImage(
  photo: string | Uint8Array,
  { background = "#ffffff", name, ...limits }: DecodeOptions = {},
): Promise<RgbImage> {
  const { maxPixels } = photoLimits(limits);
  const bytes = typeof photo === "string" ? await readPhoto(photo, limits) : photo;
  try {
    if (bytes.length === 0) throw new InputError("the file is empty");
    return isPnm(bytes) ? readPnm(bytes, maxPixels) : await decodeWithSharp(bytes, background, maxPixels);
  } catch (cause) {
    throw unreadablePhoto(name ?? (typeof photo === "string" ? photo : `${photo.length} bytes`), cause);
  }
}

/** What computes the pixels, for whoever keeps what was made of them: another version may round otherwise. */
export function decoderVersions(): Readonly<Record<string, string>> {
  return { sharp: sharp.versions.sharp ?? "", vips: sharp.versions.vips };
}

async function decodeWithSharp(bytes: Uint8Array, background: string, maxPixels: number): Promise<RgbImage> {
  // The header alone, without sharp's own limit, whose message has no numbers.
  const { format, width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
  if (!PHOTO_FORMATS.includes(format)) throw new InputError(`${format} is not a photo format`);
  requireFewPixels(width, height, maxPixels);
  // "error" refuses cut-off files but not the harmless oddities that cameras write ("warning", sharp's default, does).
  const image = sharp(bytes, { failOn: "error", autoOrient: true, limitInputPixels: maxPixels });
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
