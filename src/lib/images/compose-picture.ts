import sharp from "sharp";
import type { RgbImage } from "../types.js";
import type { Picture } from "./draw-text.js";

/** A picture and where its top-left corner goes, in pixels. */
export interface Layer {
  readonly picture: Picture;
  readonly left: number;
  readonly top: number;
}

/**
 * Lays pictures onto a background, the first one lowest.
 * @param size width and height in pixels; every layer must lie inside.
 * @param background as `#rrggbb`.
 */
export async function composePicture(
  { width, height }: { readonly width: number; readonly height: number },
  background: string,
  layers: readonly Layer[],
): Promise<RgbImage> {
  const { data } = await sharp({ create: { width, height, channels: 3, background } })
    .composite(layers.map(({ picture, left, top }) => ({ input: picture.png, left, top })))
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width, height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}

/**
 * An image fitted whole into a square, and the rest of the square filled.
 * @param size width and height of the square in pixels.
 * @param background as `#rrggbb`.
 */
export async function fitPicture(
  { width, height, data }: RgbImage,
  size: number,
  background: string,
): Promise<Picture> {
  const png = await sharp(data, { raw: { width, height, channels: 3 } })
    .resize(size, size, { fit: "contain", background })
    .png({ compressionLevel: 0 })
    .toBuffer();
  return { png, width: size, height: size };
}
