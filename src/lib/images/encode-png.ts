import { writeFile } from "node:fs/promises";
import sharp from "sharp";
import { InputError } from "../errors.js";
import type { RgbImage } from "../types.js";
import { writeAside } from "../write-aside.js";

/**
 * Encodes an image as PNG (lossless).
 * @throws InputError where the number of bytes is not width x height x 3.
 */
export async function encodePng({ width, height, data }: RgbImage): Promise<Uint8Array> {
  if (data.length !== width * height * 3) {
    throw new InputError(
      `invalid image: ${data.length} bytes for ${width} x ${height} RGB pixels (must be ${width * height * 3})`,
    );
  }
  return await sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}

/**
 * Writes an image as a PNG file, whole or not at all.
 * @throws InputError where the file cannot be written or the image is inconsistent.
 */
export async function writePng(path: string, image: RgbImage): Promise<void> {
  const bytes = await encodePng(image);
  await writeAside(path, (aside) => writeFile(aside, bytes, { flush: true })).catch((cause: Error) => {
    throw new InputError(`cannot write picture: ${path} (${cause.message})`, { cause });
  });
}
