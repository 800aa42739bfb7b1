import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../errors.js";
import { type ModelEntry, modelEntry } from "./model-registry.js";
import { modelsDirectory } from "./models-directory.js";
import { sha256 } from "./sha256.js";
import { shippedFolder } from "./shipped-folder.js";

/** A model's file as it was read, and is what the registry says. */
export interface ModelFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Of these bytes, in hexadecimal. */
  readonly sha256: string;
}

/** Folders that hold the files of more than one model: `shared/models` has both sizes of YuNet in one. */
const ALIASES: Readonly<Record<string, string>> = { "yunet-640": "yunet" };

/**
 * The folders in which models are looked for, in this order: `FACELAB_MODELS` where it is set, `shared/models` beside a checkout, and
 * where `facelab models fetch` puts them. The last two need not exist.
 * @throws InputError where FACELAB_MODELS names a folder that does not exist.
 */
export function modelFolders(): string[] {
  const chosen = process.env.FACELAB_MODELS;
  if (chosen && !existsSync(chosen)) {
    throw new InputError(
      `FACELAB_MODELS names a folder that does not exist: ${chosen} (unset it, or create it)`,
    );
  }
  const beside = fileURLToPath(new URL("../../../../../shared/models", import.meta.url));
  return [...(chosen ? [chosen] : []), beside, modelsDirectory()];
}

/**
 * Looks for a model's files; all of them have to be in one folder. In each of {@link modelFolders} that is the folder of the model's
 * name, or else the folder itself. What is in the files is not looked at: see {@link loadModelFiles}.
 * @param name a name of the registry.
 * @returns their paths in the registry's order, the one to load last; undefined where the model is not here.
 * @throws InputError on an unknown name, and as {@link modelFolders}.
 */
export function findModel(name: string): string[] | undefined {
  return places(modelEntry(name)).find((paths) => paths.every((path) => existsSync(path)));
}

/** The same as {@link findModel}, for who cannot go on without. @throws InputError on an unknown name, and where the model is not here. */
export function requireModel(name: string): string[] {
  const paths = findModel(name);
  if (paths === undefined) throw missing(modelEntry(name));
  return paths;
}

/**
 * Reads a model's files, and refuses any that is not the one of the registry: nothing is computed with other weights than it says.
 * @param name a name of the registry.
 * @returns the files in the registry's order, the one to load last.
 * @throws InputError on an unknown name, and where a file is missing, cannot be read, or has another sha256.
 */
export async function loadModelFiles(name: string): Promise<ModelFile[]> {
  const entry = modelEntry(name);
  return Promise.all(requireModel(name).map((path, i) => readVerified(path, entry.files[i]!.sha256, entry)));
}

/** Where a model's files might be, the best place first. */
function places({ name, files, ships }: ModelEntry): string[][] {
  const folders = ships
    ? [shippedFolder(name)]
    : modelFolders().flatMap((folder) => [
        join(folder, name),
        ...(Object.hasOwn(ALIASES, name) ? [join(folder, ALIASES[name]!)] : []),
        folder,
      ]);
  return folders.map((folder) => files.map((file) => join(folder, file.name)));
}

async function readVerified(path: string, expected: string, entry: ModelEntry): Promise<ModelFile> {
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new InputError(`cannot read ${path} (${cause.message})`, { cause });
  });
  // Of what was read, not of the file again: it could be another one by then.
  const found = sha256(bytes);
  if (found === expected) return { path, bytes, sha256: found };
  const remedy = entry.ships ? again(entry) : `move it away, then facelab models fetch ${entry.name}`;
  throw new InputError(`wrong file: ${path} has sha256 ${found} (expected ${expected}; ${remedy})`);
}

function missing(entry: ModelEntry): InputError {
  const { name, ships, licence } = entry;
  // One of several files: whoever has put it there would look in vain for what is wrong.
  const begun = places(entry).find((paths) => paths.some((path) => existsSync(path)));
  const gap = begun?.find((path) => !existsSync(path));
  const problem = gap === undefined ? `${name} is not here` : `${name} is not complete: no ${gap}`;
  const bytes = entry.files.reduce((sum, file) => sum + (file.bytes ?? 0), 0);
  const download = `facelab models fetch ${name} downloads ${(bytes / 1e6).toFixed(1)} MB, ${licence}`;
  const remedy = ships ? again(entry) : `${download}; or set FACELAB_MODELS`;
  return new InputError(`${problem} (${remedy})`);
}

/** How to have files again that ship: npm brings its packages, and leaves a checkout of facelab as it is. */
function again({ source }: ModelEntry): string {
  return source.startsWith("npm:") ? "npm ci installs it again" : "it comes with facelab; get that again";
}
