import { mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { InputError } from "../errors.js";
import { storageError } from "../inference/storage-error.js";
import { abandonedPaths, ownedPath } from "../owned-path.js";
import { listFolder } from "./list-folder.js";
import { type lfwSize, loadLfw } from "./load-lfw.js";

/** How many people and photos. */
export type LfwSize = typeof lfwSize;

/**
 * Makes a folder of LFW that is complete or not there at all: it is filled under another name, counted, and renamed. What a
 * process that was killed has left half filled is removed first.
 * @param source named in the error.
 * @param fill puts LFW into the folder that it is given, or one level deeper as the archives have it.
 * @throws InputError where it is not all of LFW, or cannot be written; what `fill` throws.
 */
export async function installLfw(
  target: string,
  size: LfwSize,
  source: string,
  fill: (folder: string) => Promise<void>,
): Promise<void> {
  try {
    await mkdir(dirname(target), { recursive: true });
    for (const path of await abandonedPaths(target, "unpacked"))
      await rm(path, { recursive: true, force: true });
    const { path, release } = ownedPath(target, "unpacked");
    try {
      await fill(path);
      const folder = await peopleIn(path);
      const found = await countLfw(folder).catch((cause: Error) => {
        throw new InputError(`not LFW: ${source} (expected NAME/NAME_0001.jpg)`, { cause });
      });
      if (!sameSize(found, size)) {
        throw new InputError(`not all of LFW: ${source} (${describe(found)}; expected ${describe(size)})`);
      }
      await rename(folder, target).catch(async (error: unknown) => {
        // Another process may have put the same there meanwhile.
        if (!(await isComplete(target, size))) throw error;
      });
    } finally {
      // Of an archive that was refused the last file may still be being written.
      await rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 10 });
      release();
    }
  } catch (error) {
    throw storageError(target, error);
  }
}

/** Whether all of LFW is in a folder; also false where there is no folder. */
export async function isComplete(folder: string, size: LfwSize): Promise<boolean> {
  return countLfw(folder).then(
    (found) => sameSize(found, size),
    () => false,
  );
}

/** @throws InputError as {@link loadLfw}. */
export async function countLfw(folder: string): Promise<LfwSize> {
  const { samples } = await loadLfw(folder);
  return { people: new Set(samples.map(({ label }) => label)).size, photos: samples.length };
}

/** As in `5749 people, 13233 photos`. */
export function describe({ people, photos }: LfwSize): string {
  return `${people} people, ${photos} photos`;
}

function sameSize(a: LfwSize, b: LfwSize): boolean {
  return a.people === b.people && a.photos === b.photos;
}

/** The folder itself, or the only one in it where that holds the people. */
async function peopleIn(folder: string): Promise<string> {
  const folders = (await listFolder(folder)).filter(({ kind }) => kind === "folder");
  const [only] = folders;
  if (only === undefined || folders.length > 1) return folder;
  const inside = await listFolder(only.path);
  return inside.some(({ kind }) => kind === "folder") ? only.path : folder;
}
