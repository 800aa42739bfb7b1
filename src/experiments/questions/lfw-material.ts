import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  InputError,
  type LfwEmbeddings,
  type LfwRowPair,
  lfwPhotoPath,
  readLfwEmbeddings,
  readLfwRowPairs,
} from "facelab";
import { inCheckout } from "../paths.js";

/** LFW as it ships: embeddings, and View 2 as their rows. */
export interface LfwMaterial extends LfwEmbeddings {
  readonly folds: readonly (readonly LfwRowPair[])[];
}

/** Reads what ships. @throws InputError where a file is missing or damaged. */
export async function lfwMaterial(): Promise<LfwMaterial> {
  const lfw = await readLfwEmbeddings(shipped("lfw-embeddings.npz", "npm run build:lfw"));
  const folds = await readLfwRowPairs(shipped("lfw-pairs.npz", "npm run build:pairs"), lfw.names.length);
  return { ...lfw, folds };
}

/**
 * The photos of some rows, by row.
 * @param data holds lfw/lfw-deepfunneled.
 * @throws InputError where a photo is missing.
 */
export function lfwPhotos(
  data: string,
  { names, numbers }: LfwEmbeddings,
  rows: readonly number[],
): string[] {
  const folder = join(data, "lfw", "lfw-deepfunneled");
  return rows.map((row) => {
    const path = lfwPhotoPath(folder, { name: names[row] as string, number: numbers[row] as number });
    if (!existsSync(path)) {
      throw new InputError(`photo is missing: ${path} (is ${folder} all of LFW, deep-funneled?)`);
    }
    return path;
  });
}

/** Whether there are photos of LFW at all. */
export function hasLfwPhotos(data: string): boolean {
  return existsSync(join(data, "lfw", "lfw-deepfunneled"));
}

/** Checks that there are photos of LFW. @throws InputError that says how to get them. */
export function requireLfwPhotos(data: string): void {
  if (hasLfwPhotos(data)) return;
  throw new InputError("needs the photos of LFW (npx facelab fetch lfw; --data FOLDER)");
}

function shipped(name: string, command: string): string {
  const path = inCheckout(`datasets/${name}`);
  if (!existsSync(path)) {
    throw new InputError(`${path} is missing (get it back with git checkout, or make it with ${command})`);
  }
  return path;
}
