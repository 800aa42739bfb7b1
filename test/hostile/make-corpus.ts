import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRandom } from "facelab";
import sharp from "sharp";
import { writeFacePhoto } from "../experiments/face-photos.js";
import { mistakenPhotos, truncatedPhotos } from "./broken-photos.js";
import type { BasePhoto, Outcome, Specimen } from "./hostile-file.js";
import { oddNames } from "./odd-names.js";
import { oddPhotos, turnedPhotos } from "./odd-photos.js";
import { oversizedPhotos } from "./oversized-photos.js";
import { randomDamage } from "./random-damage.js";
import { specialFiles } from "./special-files.js";

/** A file that was made, with what must become of it. */
export interface HostileFile {
  /** As `loadFolder` shows it. */
  readonly path: string;
  readonly outcome: Outcome;
  /** A word that the reason must hold. */
  readonly word?: string;
  /** How far the embedding may be from the base photo's; 0 for the same bits. */
  readonly near?: number;
}

export interface CorpusOptions {
  /** Files in all, at least; random damage fills up what the named ones leave. @default 300 */
  readonly count?: number;
  /** Of the random damage. @default 0 */
  readonly seed?: number;
}

export interface Corpus {
  /** The dataset. */
  readonly people: string;
  readonly files: readonly HostileFile[];
  /** A photo of a face, alone and in order. */
  readonly good: string;
  /** A file outside of the dataset that drawings and pages in it refer to; nobody may open it. */
  readonly decoy: string;
}

/**
 * Makes a folder of hostile files, each family in a person's folder of its own with one good photo among them. It is for
 * temporary folders: the base photo is of a face, and no face is committed. Only for systems with links, pipes and sockets.
 * @param folder is made; the dataset is `people` inside of it.
 */
export async function makeCorpus(
  folder: string,
  { count = 300, seed = 0 }: CorpusOptions = {},
): Promise<Corpus> {
  const [people, good, decoy] = ["people", "good.png", "decoy.png"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await writeFacePhoto(good, "left", "small");
  const base = await basePhoto(good);
  await writeFile(decoy, base.png);
  const families: Record<string, readonly Specimen[]> = {
    truncated: truncatedPhotos(base),
    mistaken: await mistakenPhotos(base, decoy),
    odd: await oddPhotos(base),
    turned: await turnedPhotos(base),
    oversized: oversizedPhotos(base),
    special: specialFiles(base),
    "na\nmes": oddNames(base),
  };
  const kinds = Object.keys(families).length + 1;
  const named = Object.values(families).reduce((sum, specimens) => sum + specimens.length, kinds);
  families.random = randomDamage(base, Math.max(0, count - named), createRandom(seed));
  const files: HostileFile[] = [];
  for (const [family, specimens] of Object.entries(families)) {
    const person = join(people, family);
    await mkdir(person, { recursive: true });
    for (const { make, name, ...expected } of [goodPhoto(base), ...specimens]) {
      const path =
        typeof name === "string" ? join(person, name) : Buffer.concat([Buffer.from(`${person}/`), name]);
      if (typeof make === "function") await make(path);
      else await writeFile(path, make);
      files.push({ ...expected, path: String(path) });
    }
  }
  return { people, files, good, decoy };
}

const goodPhoto = ({ png }: BasePhoto): Specimen => ({
  name: "good.png",
  outcome: "face",
  near: 0,
  make: png,
});

async function basePhoto(path: string): Promise<BasePhoto> {
  const png = await readFile(path);
  const { data, info } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
  return {
    png,
    jpeg: await sharp(png).jpeg({ quality: 95 }).toBuffer(),
    webp: await sharp(png).webp({ quality: 95 }).toBuffer(),
    pgm: Buffer.concat([Buffer.from(`P5\n${info.width} ${info.height}\n255\n`), data]),
  };
}
