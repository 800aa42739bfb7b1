import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError, Option } from "commander";
import {
  classifiers,
  detectors,
  engines,
  type FaceChoice,
  type FacePipeline,
  type FacePipelineOptions,
  faceChoices,
  facePipeline,
  precisions,
} from "facelab";

/** Each holds the networks in memory. */
const MOST_WORKERS = 8;

/** A parser for whole numbers of an option. */
export function integer(min: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < min) {
      throw new InvalidArgumentError(`must be an integer >= ${min}.`);
    }
    return value;
  };
}

/** A parser for numbers of an option. */
export function number(above: number, atMost: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === "" || !(value > above && value <= atMost)) {
      throw new InvalidArgumentError(`must be a number > ${above} and <= ${atMost}.`);
    }
    return value;
  };
}

/** A parser for the three thresholds of MTCNN. */
export function thresholds(text: string): number[] {
  const values = list(number(0, 1))(text);
  if (values.length !== 3) throw new InvalidArgumentError("must be three numbers with commas between them.");
  return values;
}

/** A parser for a share that leaves something on both sides. */
export function share(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value > 0 && value < 1))
    throw new InvalidArgumentError("must be a number > 0 and < 1.");
  return value;
}

/** A parser for a list of numbers or names with commas between them. */
export function list<T>(parse: (text: string) => T): (text: string) => T[] {
  return (text) => text.split(",").map((part) => parse(part.trim()));
}

/** A parser for one of some names. */
export function oneOf(names: readonly string[]): (text: string) => string {
  return (text) => {
    if (!names.includes(text))
      throw new InvalidArgumentError(`unknown: ${text} (expected ${names.join(", ")}).`);
    return text;
  };
}

/** A list in which nothing may stand twice. */
function distinct<T>(values: T[]): T[] {
  const twice = values.find((value, i) => values.indexOf(value) < i);
  if (twice !== undefined) throw new InvalidArgumentError(`${twice} stands in it twice.`);
  return values;
}

/** Options of every command that opens photos. */
export interface PhotoOptions {
  readonly detector?: string;
  readonly weights?: string;
  readonly minFace?: number;
  readonly scaleFactor?: number;
  readonly thresholds?: number[];
  readonly face: string;
  readonly embedder?: string;
  readonly engine: string;
  readonly precision: string;
  readonly mirror: boolean;
  readonly threads?: number;
  readonly workers: number;
  readonly cache: boolean;
  readonly maxPixels?: number;
}

/** Adds the options of the embedding alone. */
export function withEmbedderOptions(command: Command): Command {
  return command
    .option(
      "--embedder <name>",
      "another network than dlib's: mobilefacenet, or an .onnx file with its description (.json) beside it",
    )
    .addOption(
      new Option("--engine <name>", "what computes the embedding")
        .choices(Object.keys(engines))
        .default("onnx"),
    )
    .addOption(
      new Option("--precision <name>", "int8 is faster and a little less exact; auto measures which to take")
        .choices([...precisions])
        .default("fp32"),
    )
    .option("--no-cache", "compute everything again, and keep nothing")
    .option("--no-mirror", "embed the face alone, not the mean with its mirror image")
    .option(
      "--threads <n>",
      "threads of ONNX Runtime (default: all cores; 1 for MTCNN and with several workers)",
      integer(1),
    );
}

/** A parser for a cosine similarity. */
export function cosine(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= -1 && value <= 1)) {
    throw new InvalidArgumentError("must be a number >= -1 and <= 1.");
  }
  return value;
}

/** Adds {@link PhotoOptions}. @param face the default of `--face`. */
export function withPhotoOptions(command: Command, face: FaceChoice = "centre"): Command {
  return withEmbedderOptions(command)
    .addOption(
      new Option("--detector <name>", "what finds faces (default: mtcnn)").choices(Object.keys(detectors)),
    )
    .option(
      "--workers <n>",
      `photos to work on at once (default: the cores, at most ${MOST_WORKERS})`,
      integer(1),
      Math.min(availableParallelism(), MOST_WORKERS),
    )
    .option(
      "--max-pixels <n>",
      "photos with more pixels are not decoded and count as unreadable (default: 100000000)",
      integer(1),
    )
    .option(
      "--weights <file>",
      "MTCNN's weights: a tensorflow.js weights manifest, or mtcnn-reference for the published ones (default: those that ship)",
    )
    .option("--min-face <pixels>", "smallest face that MTCNN and haar look for (default: 20)", integer(12))
    .option(
      "--scale-factor <factor>",
      "step of the image pyramid (default: 0.709 for MTCNN, which takes up to 0.95; 1.1 for haar, which takes more than 1)",
      number(0, 10),
    )
    .option(
      "--thresholds <p,r,o>",
      "least scores of MTCNN's three networks (default: 0.6,0.7,0.7)",
      thresholds,
    )
    .addOption(
      new Option("--face <choice>", "which of several faces in a photo")
        .choices([...faceChoices])
        .default(face),
    );
}

/** {@link PhotoOptions} in the library's words. */
export function pipelineOptions({ minFace, ...options }: PhotoOptions): FacePipelineOptions {
  return { ...options, minFaceSize: minFace };
}

/** Sets the pipeline up as the options say, and prints what the user should know about it. */
export async function pipelineOf(options: PhotoOptions, others?: readonly string[]): Promise<FacePipeline> {
  const pipeline = await facePipeline({ ...pipelineOptions(options), others });
  for (const notice of pipeline.notices) console.log(`note: ${notice}`);
  return pipeline;
}

/** Adds the options of a seeded split. */
export function withSplitOptions(command: Command): Command {
  return command
    .option("--test-size <share>", "part of each person's photos to test on (default: 0.3)", share)
    .option("--seed <n>", "seed of everything random", integer(0), 0);
}

/** The option that picks classifiers. */
export function classifiersOption(): Option {
  const names = Object.keys(classifiers);
  return new Option("--classifiers <names>", "which classifiers, with commas between them")
    .argParser((text: string) => distinct(list(oneOf(names))(text)))
    .default(names, names.join(","));
}
