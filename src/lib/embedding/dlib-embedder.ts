import { InputError, requireInteger } from "../errors.js";
import { type OnnxOptions, onnxSession } from "../inference/onnx-session.js";
import type { Aligner, Embedder, Embedding, ModelCard, RgbImage } from "../types.js";
import { DLIB_CHIP_SIZE, DLIB_DIMENSIONS } from "./dlib-graph.js";
import { dlibModelFile } from "./dlib-model-file.js";
import { mirroredMean } from "./mirrored-mean.js";

export interface DlibOptions extends OnnxOptions {
  /** Cuts the chips; its size must be 150. */
  readonly aligner: Aligner;
  /** Take the mean of a chip's and its mirror image's descriptor. @default true */
  readonly mirror?: boolean;
  /** Chips in one run of the network, mirror images included. @default 16 */
  readonly batch?: number;
}

/**
 * dlib's face descriptor: 128 numbers, Euclidean distance below 0.6 for the same person; nearly, but not exactly, of
 * unit length. King: dlib_face_recognition_resnet_model_v1, 2017 (CC0), run by ONNX Runtime.
 * @throws InputError where the aligner's chips are not 150 x 150, or an option is out of its range.
 */
export async function dlibEmbedder({
  aligner,
  mirror = true,
  batch = 16,
  ...onnx
}: DlibOptions): Promise<Embedder> {
  if (aligner.size !== DLIB_CHIP_SIZE) {
    throw new InputError(
      `aligner ${aligner.name} cuts chips of ${aligner.size} pixels (dlib needs ${DLIB_CHIP_SIZE})`,
    );
  }
  requireInteger("batch", batch, 1);
  const { model, source, sha256 } = await dlibModelFile();
  const session = await onnxSession(model, onnx);
  const run = async (chips: readonly RgbImage[]): Promise<Embedding[]> => {
    const embeddings: Embedding[] = [];
    for (let start = 0; start < chips.length; start += batch) {
      const part = chips.slice(start, start + batch);
      const dims = [part.length, 3, DLIB_CHIP_SIZE, DLIB_CHIP_SIZE];
      const { descriptors } = await session.run({ chips: { dims, data: planar(part) } });
      if (descriptors === undefined) throw new Error("dlib's graph has no output descriptors");
      for (let row = 0; row < part.length; row++) {
        embeddings.push(descriptors.data.slice(row * DLIB_DIMENSIONS, (row + 1) * DLIB_DIMENSIONS));
      }
    }
    return embeddings;
  };
  const card: ModelCard = {
    name: "dlib_face_recognition_resnet_model_v1",
    source,
    sha256,
    engine: session.engine,
    licence: "CC0-1.0 (as in @vladmandic/face-api, MIT)",
    inputs: [`n x 3 x ${DLIB_CHIP_SIZE} x ${DLIB_CHIP_SIZE} (RGB)`],
    outputs: [`n x ${DLIB_DIMENSIONS}`],
  };
  return {
    name: "dlib",
    dimensions: DLIB_DIMENSIONS,
    aligner,
    params: { mirror },
    models: [card],
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

/** Chips as the network wants them: for each one a plane of red, of green, of blue, 0..255. */
function planar(chips: readonly RgbImage[]): Float32Array {
  const plane = DLIB_CHIP_SIZE * DLIB_CHIP_SIZE;
  const data = new Float32Array(chips.length * 3 * plane);
  chips.forEach((chip, n) => {
    for (let pixel = 0; pixel < plane; pixel++) {
      for (let colour = 0; colour < 3; colour++) {
        data[(n * 3 + colour) * plane + pixel] = chip.data[3 * pixel + colour] as number;
      }
    }
  });
  return data;
}
