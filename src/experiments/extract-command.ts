import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Command } from "commander";
import {
  createRandom,
  describeDuplicates,
  dividePhotoFiles,
  type ExtractedPhoto,
  extractFaces,
  findDuplicates,
  InputError,
  loadFolder,
  mosaic,
  writeFacesFile,
  writePng,
} from "facelab";
import { integer, type PhotoOptions, pipelineOf, withPhotoOptions, withSplitOptions } from "./options.js";
import { printCache, printIgnored, printNotices, printProvenance, printWithoutFace } from "./print-photos.js";
import { progressBar } from "./progress.js";
import { requireOutput } from "./require-output.js";
import { requireEveryPhoto, type StrictOption, withStrictOption } from "./strict.js";

interface ExtractOptions extends PhotoOptions, StrictOption {
  readonly output: string;
  readonly minPhotos: number;
  readonly testSize?: number;
  readonly seed: number;
  readonly mosaic: boolean;
}

/** `facelab extract`: photos to faces-dataset.npz and a picture of all faces. */
export function addExtractCommand(program: Command): void {
  const command = program
    .command("extract")
    .argument("<folder>", "one folder of photos per person, or train/ and val/ or test/ with these inside")
    .description("find the faces of a folder of photos, and cut them out into a .npz")
    .option("-o, --output <file>", "the .npz to write", "faces-dataset.npz")
    .option("--min-photos <n>", "leave out people with fewer", integer(1), 1)
    .option("--no-mosaic", "do not draw each person's faces into a .png beside the .npz");
  withStrictOption(withPhotoOptions(withSplitOptions(command))).action(
    (folder: string, options: ExtractOptions) => runExtract(folder, options),
  );
}

async function runExtract(folder: string, options: ExtractOptions): Promise<void> {
  await requireOutput(options.output, "file");
  const { samples, ignored, leftOut } = await loadFolder(folder, { minPhotos: options.minPhotos });
  const { photos, notices } = await dividePhotoFiles(samples, {
    testSize: options.testSize,
    random: createRandom(options.seed).fork("splits"),
  });
  printNotices(notices);
  const pipeline = await pipelineOf(options);
  printProvenance({ ...pipeline.provenance, embedder: undefined });
  const bar = progressBar("photos");
  const { aligner } = pipeline.embedder;
  const extracted = await extractFaces(photos, pipeline, aligner, (done) =>
    bar.update(done, photos.length),
  ).finally(bar.stop);
  printWithoutFace(extracted);
  printNotices(describeDuplicates(findDuplicates(extracted).filter(({ kind }) => kind === "alike")));
  printIgnored(ignored, leftOut);
  printCache(pipeline);
  requireEveryPhoto(options, extracted, ignored);
  const faces = extracted.filter((photo) => photo.kind === "face");
  if (faces.length === 0)
    throw new InputError(`no photo with a face: ${folder} (${photos.length} photos looked at)`);
  const { detector, face, aligner: cut } = pipeline.provenance;
  await mkdir(dirname(options.output), { recursive: true });
  await writeFacesFile(options.output, extracted, { detector, face, aligner: cut }, aligner.size);
  const count = (part: string): number => faces.filter((photo) => photo.part === part).length;
  console.log(`faces: ${options.output} (train ${count("train")}, test ${count("test")})`);
  if (options.mosaic) await drawMosaic(faces, options.output.replace(/(\.npz)?$/, ".png"));
}

async function drawMosaic(
  faces: readonly Extract<ExtractedPhoto, { kind: "face" }>[],
  path: string,
): Promise<void> {
  const labels = [...new Set(faces.map(({ label }) => label))];
  const rows = labels.map((label) => ({
    label,
    images: faces.filter((face) => face.label === label).map(({ crop }) => crop),
  }));
  const { image, leftOut } = await mosaic(rows);
  await writePng(path, image);
  const rest =
    leftOut.photos > 0
      ? ` (without ${leftOut.people} people and ${leftOut.photos} faces that do not fit)`
      : "";
  console.log(`mosaic: ${path}${rest}`);
}
