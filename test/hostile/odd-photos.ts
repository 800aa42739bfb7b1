import { deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import type { BasePhoto, Specimen } from "./hostile-file.js";
import { pngChunk, withChunk } from "./png-chunks.js";

/** Valid photos as cameras, scanners and programs write them: the face must be found, and be the same. */
export async function oddPhotos({ png }: BasePhoto): Promise<Specimen[]> {
  const photo = (): Sharp => sharp(png);
  const transparent = photo().ensureAlpha(0.95);
  const { data, info } = await photo().raw().toBuffer({ resolveWithObject: true });
  const size = { width: info.width, height: info.height };
  // Red and blue change places in the pixels; nothing says so, as where a profile was lost.
  const swapped = Buffer.from(data.map((_, i) => data[i + [2, 0, -2][i % 3]!]!));
  const dark = { create: { ...size, channels: 3 as const, background: "#223344" } };
  const animated = (): Sharp => sharp([png, dark] as never, { join: { animated: true } });
  const junk = deflateSync(Buffer.alloc(3000, 0xa5));
  const profile = Buffer.concat([Buffer.from("junk\0\0", "latin1"), junk]);
  const files: Record<string, [content: Promise<Buffer> | Buffer, near: number]> = {
    "16 bit.png": [photo().toColourspace("rgb16").png().toBuffer(), 0.05],
    "cmyk.jpg": [photo().toColourspace("cmyk").jpeg({ quality: 95 }).toBuffer(), 0.4],
    "palette.png": [photo().png({ palette: true }).toBuffer(), 0.3],
    "alpha.png": [transparent.clone().png().toBuffer(), 0.2],
    "alpha.webp": [transparent.clone().webp({ quality: 95 }).toBuffer(), 0.2],
    "grey.jpg": [photo().greyscale().jpeg({ quality: 95 }).toBuffer(), 0.5],
    "grey 16 bit.png": [photo().toColourspace("grey16").png().toBuffer(), 0.5],
    "grey alpha.png": [photo().greyscale().ensureAlpha(0.95).png().toBuffer(), 0.5],
    "animation.gif": [animated().gif().toBuffer(), 0.4],
    "animation.webp": [animated().webp({ quality: 95 }).toBuffer(), 0.2],
    "progressive.jpg": [photo().jpeg({ quality: 95, progressive: true }).toBuffer(), 0.1],
    "lossless.webp": [photo().webp({ lossless: true }).toBuffer(), 0.01],
    "photo.avif": [photo().avif({ quality: 80, effort: 0 }).toBuffer(), 0.2],
    "strips.tif": [photo().tiff({ compression: "lzw" }).toBuffer(), 0.01],
    "display p3.jpg": [photo().withIccProfile("p3").jpeg({ quality: 95 }).toBuffer(), 0.15],
    "junk profile.png": [withChunk(png, pngChunk("iCCP", profile)), 0.01],
    "red is blue.png": [
      sharp(swapped, { raw: { ...size, channels: 3 } })
        .png()
        .toBuffer(),
      0.7,
    ],
  };
  return Promise.all(
    Object.entries(files).map(async ([name, [content, near]]): Promise<Specimen> => {
      return { name, outcome: "face", near, make: await content };
    }),
  );
}

/** How the pixels of an upright photo are stored under each EXIF orientation: the inverse of what a viewer does to them. */
const stored: Record<number, readonly ((photo: Sharp) => Sharp)[]> = {
  1: [],
  2: [(photo) => photo.flop()],
  3: [(photo) => photo.rotate(180)],
  4: [(photo) => photo.flip()],
  5: [(photo) => photo.rotate(90), (photo) => photo.flop()],
  6: [(photo) => photo.rotate(270)],
  7: [(photo) => photo.rotate(90), (photo) => photo.flip()],
  8: [(photo) => photo.rotate(90)],
};

/** One upright face under each EXIF orientation. */
export async function turnedPhotos({ png }: BasePhoto): Promise<Specimen[]> {
  return Promise.all(
    Object.entries(stored).map(async ([orientation, steps]): Promise<Specimen> => {
      // One after the other: within one call sharp has an order of its own.
      let turned = png;
      for (const step of steps) turned = await step(sharp(turned)).png().toBuffer();
      const make = await sharp(turned)
        .withMetadata({ orientation: Number(orientation) })
        .jpeg({ quality: 98 })
        .toBuffer();
      return { name: `orientation ${orientation}.jpg`, outcome: "face", near: 0.15, make };
    }),
  );
}
