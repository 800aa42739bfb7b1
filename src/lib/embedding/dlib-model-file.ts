import { mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { InputError } from "../errors.js";
import { cacheDirectory } from "../inference/cache-directory.js";
import { sha256 } from "../inference/sha256.js";
import { dlibGraph } from "./dlib-graph.js";
import { dlibInt8Graph } from "./dlib-int8-graph.js";
import { dlibRangesPath, readDlibRanges } from "./dlib-ranges.js";
import { dlibWeights } from "./dlib-weights.js";
import type { Precision } from "./precision.js";

/** Raised whenever the graph that is written changes, so that an older cached file is not taken for it. */
const GRAPH_VERSION = 2;
const INT8_GRAPH_VERSION = 2;

/** dlib's network, ready for ONNX Runtime. */
export interface DlibModelFile {
  /** The bytes of an .onnx file. */
  readonly model: Uint8Array;
  /** Where its weights are. */
  readonly source: string;
  /** Of the weights. */
  readonly sha256: string;
  /** With `int8`: the file of its activations' ranges. */
  readonly ranges?: { readonly source: string; readonly sha256: string };
}

/**
 * dlib's network as an .onnx file: written at first use from the weights inside @vladmandic/face-api, then kept in
 * the cache under the hash of those weights and of itself. A damaged cached file is written again; a cache that
 * cannot be written only costs the conversion (about a second) at the next start.
 * @param rangesPath for `int8`: a file of `calibrateDlib`.
 * @throws InputError where the ranges cannot be read, are damaged, or of other weights.
 */
export async function dlibModelFile(
  precision: Precision = "fp32",
  rangesPath: string = dlibRangesPath(),
): Promise<DlibModelFile> {
  const { weights, source } = await dlibWeights();
  const found = { source, sha256: weights.sha256 };
  const name = `dlib-resnet-${weights.sha256.slice(0, 16)}`;
  if (precision === "fp32") {
    const model = await kept(`${name}-v${GRAPH_VERSION}.onnx`, () => dlibGraph(weights));
    return { ...found, model };
  }
  const text = await readFile(rangesPath, "utf8").catch((cause: Error) => {
    throw new InputError(`cannot read the ranges of dlib's activations: ${rangesPath} (${cause.message})`, {
      cause,
    });
  });
  const { ranges } = readDlibRanges(rangesPath, text, weights.sha256);
  const hash = sha256(Buffer.from(text));
  const model = await kept(`${name}-int8-${hash.slice(0, 16)}-v${INT8_GRAPH_VERSION}.onnx`, () =>
    dlibInt8Graph(weights, ranges),
  );
  return { ...found, model, ranges: { source: rangesPath, sha256: hash } };
}

async function kept(name: string, make: () => Uint8Array): Promise<Uint8Array> {
  const path = join(cacheDirectory(), name);
  const cached = await readCached(path);
  if (cached !== undefined) return cached;
  const model = make();
  await store(path, model);
  return model;
}

/** The file's own sha256 is beside it, so that a file cut short or altered is noticed. */
async function readCached(path: string): Promise<Uint8Array | undefined> {
  try {
    const [model, expected] = await Promise.all([readFile(path), readFile(`${path}.sha256`, "latin1")]);
    return sha256(model) === expected ? model : undefined;
  } catch (error) {
    if (isSystemError(error)) return undefined; // not there, or not readable: it is written again
    throw error;
  }
}

async function store(path: string, model: Uint8Array): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFileAtomic(path, Buffer.from(model));
    await writeFileAtomic(`${path}.sha256`, sha256(model));
  } catch (error) {
    // A read-only or full disk is no reason to fail: the graph is in memory.
    if (!isSystemError(error)) throw error;
  }
}

function isSystemError(error: unknown): boolean {
  return typeof (error as NodeJS.ErrnoException).code === "string";
}
