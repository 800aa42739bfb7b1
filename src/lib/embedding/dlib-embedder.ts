import { InputError, requireInteger } from "../errors.js";
import { integerSaturation } from "../inference/integer-saturation.js";
import { type OnnxOptions, onnxSession } from "../inference/onnx-session.js";
import { scratchLender } from "../inference/scratch.js";
import type { Aligner, Embedder, Embedding, ModelCard, RgbImage } from "../types.js";
import { chipBytes } from "./chip-bytes.js";
import { dlibModelFile } from "./dlib-model-file.js";
import { activationNames, DLIB_CHIP_SIZE, DLIB_DIMENSIONS } from "./dlib-network.js";
import { mirroredMean } from "./mirrored-mean.js";
import type { Precision } from "./precision.js";

export interface DlibOptions extends Pick<OnnxOptions, "engine" | "threads"> {
  /** Cuts the chips; its size must be 150. */
  readonly aligner: Aligner;
  /** Take the mean of a chip's and its mirror image's descriptor. @default true */
  readonly mirror?: boolean;
  /** Chips in one run of the network, mirror images included. @default 16 */
  readonly batch?: number;
  /** `int8` is faster where the processor has instructions for it, and a little less exact. @default "fp32" */
  readonly precision?: Precision;
}

/**
 * dlib's face descriptor: 128 numbers, Euclidean distance below 0.6 for the same person; nearly, but not exactly, of
 * unit length. King: dlib_face_recognition_resnet_model_v1, 2017 (CC0), run by ONNX Runtime.
 * With `int8` it is another embedder, `dlib-int8`: near the other's numbers, but not to be mixed with them.
 * @throws InputError where the aligner's chips are not 150 x 150, or an option is out of its range.
 */
export async function dlibEmbedder({
  aligner,
  mirror = true,
  batch = 16,
  precision = "fp32",
  ...onnx
}: DlibOptions): Promise<Embedder> {
  if (aligner.size !== DLIB_CHIP_SIZE) {
    throw new InputError(
      `aligner ${aligner.name} cuts chips of ${aligner.size} pixels (dlib needs ${DLIB_CHIP_SIZE})`,
    );
  }
  requireInteger("batch", batch, 1);
  const int8 = precision === "int8";
  const { model, source, sha256, ranges } = await dlibModelFile(precision);
  const exactIntegers = int8 && (await integerSaturation(onnx));
  const session = await onnxSession(model, { ...onnx, exactIntegers });
  const { lend } = scratchLender();
  const run = async (chips: readonly RgbImage[]): Promise<Embedding[]> => {
    const embeddings: Embedding[] = [];
    for (let start = 0; start < chips.length; start += batch) {
      const part = chips.slice(start, start + batch);
      const { descriptors } = await lend((scratch) => session.run({ chips: chipBytes(part, scratch.bytes) }));
      if (descriptors === undefined) throw new Error("dlib's graph has no output descriptors");
      for (let row = 0; row < part.length; row++) {
        embeddings.push(descriptors.data.slice(row * DLIB_DIMENSIONS, (row + 1) * DLIB_DIMENSIONS));
      }
    }
    return embeddings;
  };
  const card: ModelCard = {
    name: `dlib_face_recognition_resnet_model_v1${int8 ? ", int8" : ""}`,
    source,
    sha256,
    engine: session.engine,
    licence: "CC0-1.0 (as in @vladmandic/face-api, MIT)",
    inputs: [`n x ${DLIB_CHIP_SIZE} x ${DLIB_CHIP_SIZE} x 3 (RGB, bytes)`],
    outputs: [`n x ${DLIB_DIMENSIONS}`],
  };
  // What the rounding depends on beside the weights.
  const rounding = ranges && {
    ...card,
    ...ranges,
    name: "dlib_face_recognition_resnet_model_v1, ranges of its activations for int8",
    licence: "MIT",
    inputs: [`the intervals of ${activationNames().length} activations`],
    outputs: ["a scale and a zero point for each"],
  };
  return {
    name: int8 ? "dlib-int8" : "dlib",
    dimensions: DLIB_DIMENSIONS,
    aligner,
    params: int8 ? { mirror, precision } : { mirror },
    models: rounding ? [card, rounding] : [card],
    async embed(chips) {
      for (const { width, height } of chips) {
        if (width !== DLIB_CHIP_SIZE || height !== DLIB_CHIP_SIZE) {
          throw new InputError(
            `chip is ${width} x ${height} (dlib needs ${DLIB_CHIP_SIZE} x ${DLIB_CHIP_SIZE})`,
          );
        }
      }
      return mirror ? mirroredMean(chips, run) : run(chips);
    },
  };
}
