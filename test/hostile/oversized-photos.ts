import { open } from "node:fs/promises";
import { deflateSync, gzipSync } from "node:zlib";
import type { BasePhoto, Specimen } from "./hostile-file.js";
import { blackPng, PNG_SIGNATURE, pngChunk, pngHeader, withChunk } from "./png-chunks.js";

/** A GIF of one pixel, with the size of its screen and of its picture overwritten. */
function gif(screen: number, picture: number): Buffer {
  const bytes = Buffer.from("R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUQAOw==", "base64");
  bytes.writeUInt16LE(screen, 6);
  bytes.writeUInt16LE(screen, 8);
  const at = bytes.indexOf(0x2c);
  bytes.writeUInt16LE(picture, at + 5);
  bytes.writeUInt16LE(picture, at + 7);
  return bytes;
}

/** Photos of extreme sizes, and small files that would take all memory or time if their headers were believed. */
export function oversizedPhotos({ png }: BasePhoto): Specimen[] {
  const one = (name: string, width: number, height: number): Specimen => ({
    name,
    outcome: "no face",
    word: `${width} x ${height} pixels`,
    make: blackPng(width, height),
  });
  const unreadable = (name: string, make: Specimen["make"], word?: string): Specimen => ({
    name,
    outcome: "unreadable",
    word,
    make,
  });
  const tooLarge = (name: string, make: Specimen["make"]): Specimen => unreadable(name, make, "too large");
  const megabytes = Buffer.alloc(100_000_000);
  const declared = (width: number, height: number): Buffer =>
    Buffer.concat([
      PNG_SIGNATURE,
      pngHeader(width, height),
      pngChunk("IDAT", deflateSync(Buffer.alloc(500))),
      pngChunk("IEND", Buffer.alloc(0)),
    ]);
  const comment = Buffer.concat([Buffer.from("Comment\0\0", "latin1"), deflateSync(megabytes)]);
  const profile = Buffer.concat([Buffer.from("icc\0\0", "latin1"), deflateSync(megabytes)]);
  const svg = Buffer.concat([Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><!--'), megabytes]);
  return [
    one("point.png", 1, 1),
    one("upright line.png", 1, 5000),
    one("line.png", 5000, 1),
    one("just small enough.png", 10_000, 10_000),
    tooLarge("20000 x 20000.png", blackPng(20_000, 20_000)),
    tooLarge("declared.png", declared(60_000, 60_000)),
    unreadable("declared smaller.png", declared(9_000, 9_000)),
    tooLarge("declared.pgm", Buffer.from("P5\n60000 60000\n255\n0123456789")),
    unreadable("declared smaller.pgm", Buffer.from("P5\n9000 9000\n255\n0123456789"), "truncated"),
    tooLarge("plain text.ppm", Buffer.from("P3\n999999 999999\n255\n1 2 3")),
    { name: "screen.gif", outcome: "no face", word: "1 x 1 pixels", make: gif(65_535, 1) },
    tooLarge("picture.gif", gif(65_535, 65_535)),
    { name: "comment.png", outcome: "any", make: withChunk(png, pngChunk("zTXt", comment)) },
    { name: "profile.png", outcome: "any", make: withChunk(png, pngChunk("iCCP", profile)) },
    unreadable("packed drawing.png", gzipSync(svg)),
    tooLarge("two gigabytes.jpg", async (path) => {
      const file = await open(path, "w");
      await file.truncate(2_000_000_000); // a hole: it takes no room on the disk
      await file.close();
    }),
  ];
}
