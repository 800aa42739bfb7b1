import { InputError } from "../errors.js";
import type { Aligner, Embedder } from "../types.js";
import { type DlibOptions, dlibEmbedder } from "./dlib-embedder.js";
import { faceApiEmbedder } from "./face-api-embedder.js";
import { pixelsEmbedder } from "./pixels-embedder.js";
import { requirePrecision } from "./precision.js";

export interface EmbedderOptions {
  /** What computes dlib's network: a key of {@link engines}. @default "onnx" */
  readonly engine?: string;
  /** Take the mean of a face's and its mirror image's embedding. @default true */
  readonly mirror?: boolean;
  /** Threads within one operator; only for ONNX Runtime. @default all cores */
  readonly threads?: number;
  /** `fp32` or `int8`; only ONNX Runtime computes `int8`. @default "fp32" */
  readonly precision?: string;
}

/** What can compute dlib's network, by the name that the command line uses. */
export const engines: Readonly<
  Record<string, (aligner: Aligner, options: EmbedderOptions) => Promise<Embedder>>
> = {
  onnx: async (aligner, options) => dlibEmbedder(dlibOptions(aligner, options)),
  "onnxruntime-node": async (aligner, options) =>
    dlibEmbedder({ ...dlibOptions(aligner, options), engine: "onnxruntime-node" }),
  "onnxruntime-web": async (aligner, options) =>
    dlibEmbedder({ ...dlibOptions(aligner, options), engine: "onnxruntime-web" }),
  "face-api": async (aligner, { mirror, precision = "fp32" }) => {
    if (requirePrecision(precision) === "int8") {
      throw new InputError("invalid precision: int8 (face-api computes fp32 only; take --engine onnx)");
    }
    return faceApiEmbedder({ aligner, mirror });
  },
};

function dlibOptions(
  aligner: Aligner,
  { mirror, threads, precision = "fp32" }: EmbedderOptions,
): DlibOptions {
  return { aligner, mirror, threads, precision: requirePrecision(precision) };
}

/**
 * Makes the embedder. `onnx` is ONNX Runtime: native where it loads, else WebAssembly.
 * @param aligner cuts the chips; handed in, because the embedding does not know how faces are found.
 * @throws InputError on an unknown engine or precision, or where the engine does not compute in that precision.
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
