import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { InputError } from "../errors.js";
import type { EmbedderId, Model } from "../types.js";
import { writeAside } from "../write-aside.js";
import { loadModel, type ModelExpectations } from "./load-model.js";
import { isRecord, MODEL_VERSION } from "./model-json.js";

/** What is written beside a model. */
export interface ModelProvenance {
  /** What made the embeddings; without it a reader that expects an embedder refuses the file. */
  readonly embedder?: EmbedderId;
  /** The faces it was fitted on, as plain JSON values; `readModel` passes over them. */
  readonly gallery?: Readonly<Record<string, unknown>>;
}

/**
 * Writes a model as one JSON file, which appears whole or not at all: what its `toJSON` says, the embedder, and the
 * sha256 of both.
 * @param path folders that are missing are made; an older file is replaced.
 * @throws InputError where the model cannot be saved, or the file cannot be written.
 */
export async function saveModel(
  path: string,
  model: Model,
  { embedder, gallery }: ModelProvenance = {},
): Promise<void> {
  if (model.toJSON === undefined) {
    throw new InputError(`cannot save model: ${path} (models of this classifier have no toJSON)`);
  }
  const content = JSON.stringify({ ...model.toJSON(), embedder: embedder ?? null, gallery });
  try {
    // What could not be read again must not be written: JSON has no NaN.
    loadModel(JSON.parse(content));
    await mkdir(dirname(path), { recursive: true });
    const sealed = `{"sha256":"${sha256(content)}",${content.slice(1)}\n`;
    await writeAside(path, (aside) => writeFile(aside, sealed, { flush: true }));
  } catch (cause) {
    if (!(cause instanceof InputError) && !isSystemError(cause)) throw cause;
    throw new InputError(`cannot save model: ${path} (${reason(cause)})`, { cause });
  }
}

/**
 * Reads a model that {@link saveModel} has written.
 * @throws InputError that names the file and the reason: it cannot be read, is truncated or edited, or is not the model
 * that is expected.
 */
export async function readModel(path: string, expectations: ModelExpectations = {}): Promise<Model> {
  return readModelFile(path, (content) => loadModel(content, expectations));
}

/**
 * Reads the content of a file that {@link saveModel} has written.
 * @param load makes something of it; its InputError becomes the reason.
 * @throws InputError as {@link readModel}.
 */
export async function readModelFile<T>(path: string, load: (content: unknown) => T): Promise<T> {
  try {
    return load(unsealed(await readFile(path, "utf8")));
  } catch (cause) {
    if (!(cause instanceof InputError) && !isSystemError(cause)) throw cause;
    throw new InputError(`cannot read model: ${path} (${reason(cause)})`, { cause });
  }
}

/** The content of a file, if it is still the one that was written; a file of another version is not judged by its sum. */
function unsealed(text: string): unknown {
  const file = parse(text);
  if (!isRecord(file) || !("sha256" in file)) throw new InputError("not a model of facelab");
  const { sha256: sum, ...content } = file;
  // Another version may sum up something else; `loadModel` refuses it and says which it is.
  if (content.version === MODEL_VERSION && sum !== sha256(JSON.stringify(content))) {
    throw new InputError("the file was changed after it was written: its sha256 differs");
  }
  return content;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InputError("not JSON: truncated, or not a model", { cause });
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}

function reason(cause: Error & { code?: string }): string {
  if (cause.code === "ENOENT") return "there is no such file";
  if (cause.code === "EISDIR") return "it is a folder";
  if (cause.code === "EACCES" || cause.code === "EPERM") return "permission denied";
  return cause.message;
}
