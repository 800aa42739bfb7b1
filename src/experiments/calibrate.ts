import { join } from "node:path";
import type { Command } from "commander";
import {
  calibrateDlib,
  createRandom,
  dlibAligner,
  dlibRangesPath,
  facePipeline,
  findFaces,
  InputError,
  lfwPhotoPath,
  type RgbImage,
  readLfwPairs,
  writeDlibRanges,
} from "facelab";
import { integer, type PhotoOptions, pipelineOptions, withPhotoOptions } from "./options.js";
import { inCheckout } from "./paths.js";
import { progressBar } from "./progress.js";

interface CalibrateOptions extends PhotoOptions {
  readonly lfw: string;
  readonly output: string;
  readonly count: number;
  readonly seed: number;
}

/** `facelab calibrate`: which values does dlib's network take inside? Asked on faces of LFW's View 1, for `--precision int8`. */
export function addCalibrateCommand(program: Command): void {
  const command = program
    .command("calibrate")
    .description(
      "find the ranges of dlib's activations for --precision int8, on photos of LFW's pairsDevTrain",
    )
    .option(
      "--lfw <folder>",
      "the folder of lfw-deepfunneled/ and the pairs files",
      inCheckout("../shared/data/lfw"),
    )
    .option("--count <n>", "faces to look at, mirror images not counted", integer(1), 256)
    .option("--seed <n>", "which of the photos are drawn", integer(0), 0)
    .option("-o, --output <file>", "the .json to write", dlibRangesPath());
  withPhotoOptions(command).action((options: CalibrateOptions) => calibrate(options));
}

async function calibrate(options: CalibrateOptions): Promise<void> {
  const { lfw, count, seed, output } = options;
  const { detector, face, limits, notices } = await facePipeline(pipelineOptions(options));
  for (const notice of notices) console.log(`note: ${notice}`);
  const { folds } = await readLfwPairs(join(lfw, "pairsDevTrain.txt"));
  const dir = join(lfw, "lfw-deepfunneled");
  const paths = new Set(folds.flat().flatMap(({ a, b }) => [lfwPhotoPath(dir, a), lfwPhotoPath(dir, b)]));
  const chips: RgbImage[] = [];
  const aligner = dlibAligner();
  const bar = progressBar("photos");
  for (const path of createRandom(seed).shuffle([...paths].sort())) {
    if (chips.length === count) break;
    const found = await findFaces(path, detector, face, undefined, limits);
    const landmarks = found.kind === "faces" ? found.faces[0]?.landmarks : undefined;
    if (found.kind === "faces" && landmarks !== undefined) {
      chips.push(aligner.align(found.image, landmarks));
      bar.update(chips.length, count);
    }
  }
  bar.stop();
  if (chips.length < count) {
    throw new InputError(`only ${chips.length} faces in ${lfw} (--count ${count}; take fewer)`);
  }
  const source = `${count} faces of LFW's pairsDevTrain (View 1), seed ${seed}, found by ${detector.name}`;
  await writeDlibRanges(output, await calibrateDlib(chips, source));
  console.log(`ranges: ${output} (${source}, and their mirror images)`);
}
