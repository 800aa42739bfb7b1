import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRandom, embedPhotos, type FacePipeline, type Random } from "facelab";
import sharp from "sharp";
import { samplePath } from "../support/sample-photos.js";

const FORMATS = ["jpeg", "png", "webp", "tiff"] as const;
/** Files that are made; a longer soak reads them again. */
const FILES = 200;

/** Photos of 200 to 4,000 pixels, made from one that shows three faces, in four formats; every tenth is cut off. */
export async function soakPhotos(folder: string, images: number): Promise<string[]> {
  const random = createRandom(7);
  const paths: string[] = [];
  for (let i = 0; i < Math.min(images, FILES); i++) {
    paths.push(join(folder, `${i}.photo`));
    await writeFile(paths[i]!, await photo(i, random.fork(`photo ${i}`)));
  }
  return Array.from({ length: images }, (_, i) => paths[i % paths.length]!);
}

async function photo(i: number, random: Random): Promise<Buffer> {
  // As many small ones as large ones, on the scale of the photographer: 200, 400, 800, ...
  const width = Math.round(200 * 20 ** random.uniform());
  const format = FORMATS[random.integer(FORMATS.length)]!;
  const options = { jpeg: { quality: 80 }, png: { compressionLevel: 1 }, webp: { effort: 0 }, tiff: {} }[
    format
  ];
  const bytes = await sharp(samplePath("sample1.jpg")).resize(width).toFormat(format, options).toBuffer();
  return i % 10 === 9 ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes;
}

/**
 * Embeds photos and looks at what the process holds meanwhile.
 * @returns how many came out as a face, and how many as unreadable; and megabytes, each the middle one of five looks in a tenth of the
 *   photos.
 */
export async function soak(
  paths: readonly string[],
  pipeline: FacePipeline,
): Promise<{
  readonly counts: { readonly faces: number; readonly unreadable: number };
  readonly megabytes: readonly number[];
}> {
  const looks: number[] = [];
  const every = Math.max(1, Math.round(paths.length / 50));
  const answers = await embedPhotos(
    paths.map((path) => ({ path, label: "somebody" })),
    pipeline,
    (done) => {
      if (done % every === 0) looks.push(Math.round(process.memoryUsage.rss() / 1e6));
    },
  );
  const middle = (some: readonly number[]): number => some.toSorted((a, b) => a - b)[some.length >> 1]!;
  return {
    counts: {
      faces: answers.filter(({ kind }) => kind === "face").length,
      unreadable: answers.filter((answer) => answer.kind === "none" && answer.reason === "unreadable").length,
    },
    megabytes: Array.from({ length: Math.floor(looks.length / 5) }, (_, i) =>
      middle(looks.slice(5 * i, 5 * i + 5)),
    ),
  };
}
