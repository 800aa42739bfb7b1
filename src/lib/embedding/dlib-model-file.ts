import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { cacheDirectory } from "../inference/cache-directory.js";
import { sha256 } from "../inference/sha256.js";
import { readTfjsWeights } from "../inference/tfjs-weights.js";
import { dlibGraph } from "./dlib-graph.js";

/** Raised whenever the graph that is written changes, so that an older cached file is not taken for it. */
const GRAPH_VERSION = 1;

/**
 * dlib's network as an .onnx file: written at first use from the weights inside @vladmandic/face-api, then kept in
 * the cache under the hash of those weights and of itself. A damaged cached file is written again; a cache that
 * cannot be written only costs the conversion (about a second) at the next start.
 */
export async function dlibModelFile(): Promise<{ model: Uint8Array; source: string; sha256: string }> {
  const source = createRequire(import.meta.url).resolve(
    "@vladmandic/face-api/model/face_recognition_model-weights_manifest.json",
  );
  const weights = await readTfjsWeights(source);
  const path = join(cacheDirectory(), `dlib-resnet-${weights.sha256.slice(0, 16)}-v${GRAPH_VERSION}.onnx`);
  const cached = await readCached(path);
  if (cached !== undefined) return { model: cached, source, sha256: weights.sha256 };
  const model = dlibGraph(weights);
  await store(path, model);
  return { model, source, sha256: weights.sha256 };
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
