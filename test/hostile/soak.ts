import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRandom, type EmbeddedPhoto, embedPhotos, type FacePipeline, type Random } from "facelab";
import sharp from "sharp";
import { samplePath } from "../support/sample-photos.js";

export interface SoakOptions {
  /** Where the photos are made, each deleted after it was embedded. */
  readonly folder: string;
  readonly images: number;
  readonly pipeline: FacePipeline;
  /** Called with what the process holds, in MB, before the first and after every so many images. */
  readonly every: number;
  readonly onMemory: (done: number, megabytes: number) => void;
}

const FORMATS = ["jpeg", "png", "webp", "tiff"] as const;

/**
 * Embeds many photos of 200 to 4,000 pixels, made on the fly from one that shows three faces, in four formats; every tenth is cut
 * off.
 * @returns how many came out as a face, and how many as unreadable.
 */
export async function soak({ folder, images, pipeline, every, onMemory }: SoakOptions): Promise<{
  readonly faces: number;
  readonly unreadable: number;
}> {
  const random = createRandom(7);
  const counts = { faces: 0, unreadable: 0 };
  onMemory(0, residentMegabytes());
  for (let i = 0; i < images; i++) {
    const path = join(folder, `${i}.photo`);
    await writeFile(path, await photo(i, random.fork(`photo ${i}`)));
    const [answer] = (await embedPhotos([{ path, label: "somebody" }], pipeline)) as [EmbeddedPhoto];
    if (answer.kind === "face") counts.faces++;
    else if (answer.reason === "unreadable") counts.unreadable++;
    await rm(path);
    if ((i + 1) % every === 0) onMemory(i + 1, residentMegabytes());
  }
  return counts;
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

function residentMegabytes(): number {
  return Math.round(process.memoryUsage.rss() / 1e6);
}
