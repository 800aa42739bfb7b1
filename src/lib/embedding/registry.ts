import { InputError } from "../errors.js";
import type { Aligner, Embedder } from "../types.js";
import { dlibEmbedder } from "./dlib-embedder.js";
import { faceApiEmbedder } from "./face-api-embedder.js";
import { pixelsEmbedder } from "./pixels-embedder.js";

export interface EmbedderOptions {
  /** What computes dlib's network: a key of {@link engines}. @default "onnx" */
  readonly engine?: string;
  /** Take the mean of a face's and its mirror image's embedding. @default true */
  readonly mirror?: boolean;
  /** Threads within one operator; only for ONNX Runtime. @default all cores */
  readonly threads?: number;
}

/** What can compute dlib's network, by the name that the command line uses. */
export const engines: Readonly<
  Record<string, (aligner: Aligner, options: EmbedderOptions) => Promise<Embedder>>
> = {
  onnx: async (aligner, { mirror, threads }) => dlibEmbedder({ aligner, mirror, threads }),
  "onnxruntime-node": async (aligner, { mirror, threads }) =>
    dlibEmbedder({ aligner, mirror, threads, engine: "onnxruntime-node" }),
  "onnxruntime-web": async (aligner, { mirror, threads }) =>
    dlibEmbedder({ aligner, mirror, threads, engine: "onnxruntime-web" }),
  "face-api": async (aligner, { mirror }) => faceApiEmbedder({ aligner, mirror }),
};

/**
 * Makes the embedder. `onnx` is ONNX Runtime: native where it loads, else WebAssembly.
 * @param aligner cuts the chips; handed in, because the embedding does not know how faces are found.
 * @throws InputError on an unknown engine.
 */
export async function createEmbedder(aligner: Aligner, options: EmbedderOptions = {}): Promise<Embedder> {
  const name = options.engine ?? "onnx";
  const create = Object.hasOwn(engines, name) ? engines[name] : undefined;
  if (create === undefined) {
    throw new InputError(`unknown engine: ${name} (expected ${Object.keys(engines).join(", ")})`);
  }
  return create(aligner, options);
}

/** Embedders beside dlib's network, by their names: for classifiers that are made for one of them. */
const others: Readonly<Record<string, (aligner: Aligner) => Embedder>> = {
  pixels: (aligner) => pixelsEmbedder({ aligner }),
};

/**
 * Makes an embedder that a classifier asks for (`Classifier.embedder`).
 * @throws InputError on an unknown name.
 */
export function createOtherEmbedder(name: string, aligner: Aligner): Embedder {
  const create = Object.hasOwn(others, name) ? others[name] : undefined;
  if (create === undefined) {
    throw new InputError(`unknown embedder: ${name} (expected ${Object.keys(others).join(", ")})`);
  }
  return create(aligner);
}
