import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { InputError } from "../errors.js";

/** Where `npx facelab fetch lfw` puts the photos, and where a checkout may have them beside it. */
const LFW_FOLDERS = ["lfw-deepfunneled", "lfw_funneled", "lfw"].flatMap((name) => [
  join("facelab-data", "lfw", name),
  join("shared", "data", "lfw", name),
]);

/**
 * The photos of LFW, looked for from the working folder upwards.
 * @throws InputError where there are none, with how to get them.
 */
export function lfwFolder(): string {
  return (
    upwards(LFW_FOLDERS) ?? missing("the photos of LFW are not here (npx facelab fetch lfw downloads them)")
  );
}

/** The embeddings of LFW that ship with the project. @throws InputError where they are not there. */
export function shippedEmbeddings(): string {
  return (
    upwards([join("datasets", "lfw-embeddings.npz")]) ??
    missing("datasets/lfw-embeddings.npz is missing (start the notebook inside of the project)")
  );
}

/** The pairs of View 2, as rows of {@link shippedEmbeddings}. @throws InputError where they are not there. */
export function shippedPairsFile(): string {
  return (
    upwards([join("datasets", "lfw-pairs.npz")]) ??
    missing("datasets/lfw-pairs.npz is missing (start the notebook inside of the project)")
  );
}

function upwards(paths: readonly string[]): string | undefined {
  for (let folder = resolve("."); ; folder = dirname(folder)) {
    const found = paths.map((path) => join(folder, path)).find((path) => existsSync(path));
    if (found !== undefined || dirname(folder) === folder) return found;
  }
}

function missing(message: string): never {
  throw new InputError(message);
}
