import { chmod, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { abandonedIn, ownedPath } from "./owned-path.js";

const PURPOSE = "aside";
const SUFFIX = ".tmp";
/** So many characters of the target's name: names have at most 255 bytes, and the owner's is added. */
const NAME = 32;
/** Folders that were tidied by this process: once is enough, where thousands of pictures are written. */
const tidied = new Map<string, Promise<void>>();

/**
 * Puts a file or a folder in its place whole or not at all: it is made under another name beside it, then renamed. What processes that
 * were killed have left so in the same folder is removed. An older file is replaced, behind a link as well, and its permissions are
 * kept.
 * @param make makes the file or folder at the path that it is given; what it throws goes on.
 */
export async function writeAside(target: string, make: (path: string) => Promise<void>): Promise<void> {
  const real = await realpath(target).catch(() => target); // not there yet; or out of reach, which `make` will say
  await tidy(dirname(real));
  const short = [...basename(real)].slice(0, NAME).join("");
  const { path, release } = ownedPath(join(dirname(real), short), PURPOSE, SUFFIX);
  try {
    await make(path);
    const older = await stat(real).catch(() => undefined);
    if (older?.isFile()) await chmod(path, older.mode);
    await rename(path, real);
  } catch (error) {
    await rm(path, { recursive: true, force: true });
    throw error;
  } finally {
    release();
  }
}

function tidy(folder: string): Promise<void> {
  const known = tidied.get(folder) ?? removeAbandoned(folder);
  tidied.set(folder, known);
  return known;
}

async function removeAbandoned(folder: string): Promise<void> {
  try {
    for (const path of await abandonedIn(folder, PURPOSE, /\.tmp$/)) {
      await rm(path, { recursive: true, force: true });
    }
  } catch {
    // No folder yet, or somebody else's file: that is no reason not to write.
  }
}
