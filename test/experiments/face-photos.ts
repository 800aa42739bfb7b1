import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import sharp, { type Sharp } from "sharp";
import { samplePath } from "../support/sample-photos.js";

/** Where the three people of face-api's first sample are, each alone. */
const people = {
  left: { left: 300, top: 260, width: 410, height: 460 },
  middle: { left: 720, top: 320, width: 420, height: 440 },
  right: { left: 1350, top: 90, width: 440, height: 460 },
} as const;

const variants = {
  plain: (photo: Sharp) => photo,
  dark: (photo: Sharp) => photo.modulate({ brightness: 0.8 }),
  mirrored: (photo: Sharp) => photo.flop(),
  small: (photo: Sharp) => photo.resize(300),
} as const;

/** Writes a photo of one person alone, making the folders above. It is for temporary folders: no face is committed. */
export async function writeFacePhoto(
  path: string,
  person: keyof typeof people,
  variant: keyof typeof variants,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const photo = sharp(samplePath("sample1.jpg")).extract(people[person]);
  await variants[variant](photo).toFile(path);
}

/** Writes a picture that shows no face. */
export async function writeDrawing(path: string, colour: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const circle = `<svg width="200" height="160"><circle cx="90" cy="80" r="50" fill="${colour}"/></svg>`;
  await sharp(Buffer.from(circle)).flatten({ background: "#ffffff" }).toFile(path);
}
