import { readFile } from "node:fs/promises";
import { arcfaceAligner } from "../alignment/arcface-aligner.js";
import { dlibAligner } from "../alignment/dlib-aligner.js";
import { fivePointAligner } from "../alignment/five-point-aligner.js";
import {
  descriptionPath,
  type EmbedderDescription,
  readEmbedderDescription,
} from "../embedding/embedder-description.js";
import { namedEmbedders } from "../embedding/named-embedders.js";
import { type OnnxEmbedderOptions, onnxEmbedder } from "../embedding/onnx-embedder.js";
import { createEmbedder, type EmbedderOptions } from "../embedding/registry.js";
import { InputError } from "../errors.js";
import { loadModelFiles } from "../inference/find-model.js";
import type { OnnxEngine } from "../inference/onnx-session.js";
import type { Aligner, Embedder, Landmarks5 } from "../types.js";
import { choosePrecision } from "./choose-precision.js";

/** Options of every embedder; each takes what it knows. */
export interface ChooseEmbedderOptions extends EmbedderOptions {
  /** `dlib`, a name of {@link namedEmbedders}, or an .onnx file with its description beside it, see {@link EmbedderDescription}. @default "dlib" */
  readonly embedder?: string;
}

/** An embedder and what the user should know about it: one line each. */
export interface ChosenEmbedder {
  readonly embedder: Embedder;
  /** As it was decided where `auto` was asked for. */
  readonly precision: string;
  readonly notices: readonly string[];
}

/**
 * Makes the embedder that was asked for, with the aligner that it needs.
 * @throws InputError on an unknown name, an option that the embedder does not know, or a file that cannot be used.
 */
export async function chooseEmbedder({
  embedder: name = "dlib",
  ...options
}: ChooseEmbedderOptions = {}): Promise<ChosenEmbedder> {
  if (name === "dlib") {
    const { precision, notice } = await choosePrecision(options);
    const embedder = await createEmbedder(dlibAligner(), { ...options, precision });
    return { embedder, precision, notices: notice === undefined ? [] : [notice] };
  }
  const { engine = "onnx", precision = "fp32", mirror, threads } = options;
  if (precision !== "fp32") {
    throw new InputError(`invalid precision: ${precision} (only dlib's network has others than fp32)`);
  }
  const { file, description } = await networkOf(name);
  const embedder = await onnxEmbedder({
    file,
    description,
    aligner: describedAligner(description),
    mirror,
    threads,
    engine: onnxEngine(engine),
  });
  return { embedder, precision, notices: [] };
}

type Network = Pick<OnnxEmbedderOptions, "file" | "description">;

/** A network of the registry, whose file is checked against its sha256, or of a file. */
async function networkOf(name: string): Promise<Network> {
  const named = Object.hasOwn(namedEmbedders, name) ? namedEmbedders[name] : undefined;
  if (named !== undefined) {
    const files = await loadModelFiles(name);
    return { file: files.at(-1)!, description: named };
  }
  if (!/\.onnx$/i.test(name)) {
    const names = ["dlib", ...Object.keys(namedEmbedders)].join(", ");
    throw new InputError(`unknown embedder: ${name} (expected ${names}, or a file that ends with .onnx)`);
  }
  return {
    file: { path: name, bytes: await bytesOf(name) },
    description: await readEmbedderDescription(descriptionPath(name)),
  };
}

/** The aligner that a description asks for. @throws InputError where dlib's chips would have another size than 150. */
export function describedAligner({ alignment, input: { size } }: EmbedderDescription): Aligner {
  if (alignment === "arcface") return arcfaceAligner({ size });
  if (alignment === "dlib") {
    const aligner = dlibAligner();
    if (aligner.size === size) return aligner;
    throw new InputError(
      `invalid size: ${size} (dlib's chips have ${aligner.size} pixels; give five points)`,
    );
  }
  const template = alignment.landmarks.map(([x, y]) => ({ x, y })) as unknown as Landmarks5;
  const aligner = fivePointAligner({ name: `own-${size}`, size, template });
  // Unlike those of the others, its name does not tell the points.
  return { ...aligner, params: { ...aligner.params, landmarks: alignment.landmarks.flat() } };
}

function onnxEngine(name: string): OnnxEngine | undefined {
  if (name === "onnx") return undefined;
  if (name === "onnxruntime-node" || name === "onnxruntime-web") return name;
  throw new InputError(
    `invalid engine: ${name} (an .onnx file takes onnx, onnxruntime-node, onnxruntime-web)`,
  );
}

async function bytesOf(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new InputError(`cannot read embedder: ${path} (${code === "ENOENT" ? "no such file" : message})`, {
      cause,
    });
  }
}
