import sharp from "sharp";
import { requireInteger } from "../errors.js";
import type { RgbImage } from "../types.js";

/**
 * An image in another size, each axis for itself, so that it may be stretched; every pixel of the input counts where it becomes smaller
 * (Lanczos, by sharp).
 * @param width, height of the result in pixels, >= 1.
 * @throws InputError on a size that is no whole number >= 1.
 */
export async function resizeImage(image: RgbImage, width: number, height: number): Promise<RgbImage> {
  requireInteger("width", width, 1);
  requireInteger("height", height, 1);
  const { data } = await sharp(image.data, {
    raw: { width: image.width, height: image.height, channels: 3 },
  })
    .resize(width, height, { fit: "fill" })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}
