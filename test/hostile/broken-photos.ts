import sharp from "sharp";
import type { BasePhoto, Specimen } from "./hostile-file.js";

const unreadable = (name: string, make: Uint8Array, word?: string): Specimen => ({
  name,
  outcome: "unreadable",
  word,
  make,
});

/** Photos that were cut off, each at every tenth of its length. */
export function truncatedPhotos({ png, jpeg, webp, pgm }: BasePhoto): Specimen[] {
  return Object.entries({ png, jpg: jpeg, webp, pgm }).flatMap(([suffix, bytes]) =>
    Array.from({ length: 10 }, (_, tenth) =>
      unreadable(
        `${tenth} tenths.${suffix}`,
        bytes.subarray(0, Math.floor((bytes.length * tenth) / 10)),
        tenth === 0 ? "empty" : suffix === "pgm" ? "truncated" : undefined,
      ),
    ),
  );
}

/** Content that is not what the name says: other photos are read, all else is not. */
export async function mistakenPhotos(
  { png, jpeg, webp, pgm }: BasePhoto,
  decoy: string,
): Promise<Specimen[]> {
  const face = (name: string, make: Uint8Array): Specimen => ({ name, outcome: "face", near: 0.2, make });
  const drawing = (inside: string): Buffer =>
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="64" height="64">${inside}</svg>`,
    );
  const outside = drawing(`<image xlink:href="file://${decoy}" width="64" height="64"/>`);
  const entity = Buffer.from(
    `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file://${decoy}">]>${drawing("<text>&x;</text>")}`,
  );
  const page = Buffer.from(`<!doctype html><html><img src="file://${decoy}"></html>`);
  const zip = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), Buffer.alloc(200, 7)]);
  const pdf = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
  const bmp = Buffer.concat([Buffer.from("BM"), Buffer.alloc(100)]);
  const passwd = drawing('<image xlink:href="file:///etc/passwd" width="9" height="9"/>');
  return [
    face("png.jpg", png),
    face("jpeg.PNG", jpeg),
    face("webp.tiff", webp),
    face("tiff.gif", await sharp(png).tiff().toBuffer()),
    { ...face("pgm.jpg", pgm), near: 0.5 },
    unreadable("text.jpg", Buffer.from("this is no photo"), "unsupported image format"),
    unreadable("page.png", page, "format"),
    unreadable("drawing.png", drawing('<circle r="9"/>'), "svg is not a photo format"),
    unreadable("drawing of a file.png", outside, "svg is not a photo format"),
    unreadable("drawing of passwd.jpg", passwd, "svg is not a photo format"),
    unreadable("drawing of an entity.png", entity),
    unreadable("archive.jpg", zip, "unsupported image format"),
    unreadable("document.jpg", pdf),
    unreadable("bitmap.jpg", bmp),
    { name: "drawing.svg", outcome: "not a photo", word: ".svg", make: outside },
    { name: "phone.heic", outcome: "not a photo", word: ".heic", make: jpeg },
    { name: "notes.txt", outcome: "not a photo", word: ".txt", make: page },
    { name: "no suffix", outcome: "not a photo", word: "no suffix", make: jpeg },
    { name: "Thumbs.db", outcome: "not listed", make: page },
    { name: ".hidden.jpg", outcome: "not listed", make: jpeg },
  ];
}
