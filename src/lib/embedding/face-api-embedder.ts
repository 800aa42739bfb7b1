import { InputError } from "../errors.js";
import { loadFaceApi } from "../inference/face-api.js";
import type { Aligner, Embedder } from "../types.js";
import { mirroredMean } from "./mirrored-mean.js";

export interface FaceApiEmbedderOptions {
  /** Cuts the chips; its size must be 150. */
  readonly aligner: Aligner;
  /** Take the mean of a chip's and its mirror image's descriptor. @default true */
  readonly mirror?: boolean;
}

/**
 * dlib's face descriptor (128 numbers, Euclidean distance below 0.6 for the same person; not of unit length) as
 * face-api computes it on tensorflow.js.
 * @throws InputError where the aligner's chips are not 150 x 150.
 */
export async function faceApiEmbedder({ aligner, mirror = true }: FaceApiEmbedderOptions): Promise<Embedder> {
  if (aligner.size !== 150) {
    throw new InputError(`aligner ${aligner.name} cuts chips of ${aligner.size} pixels (dlib needs 150)`);
  }
  const { card, descriptor } = await loadFaceApi();
  return {
    name: "dlib",
    dimensions: 128,
    aligner,
    params: { mirror },
    models: [await card("descriptor")],
    embed: (chips) => (mirror ? mirroredMean(chips, descriptor) : descriptor(chips)),
  };
}
