import { copyFile, mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { InputError } from "../errors.js";
import { abandonedPaths, ownedPath } from "../owned-path.js";
import { fileSha256 } from "./file-sha256.js";
import { storageError } from "./storage-error.js";

/**
 * Copies a file that somebody has got elsewhere, if it is the right one. It is the copy whose sha256 is computed.
 * @throws InputError where it cannot be read, is another file, or the copy cannot be written.
 */
export async function copyVerified(from: string, to: string, sha256: string): Promise<void> {
  const copy = ownedPath(to, "copy");
  const first = await fileSha256(from).catch((cause: Error) => {
    throw new InputError(`cannot read ${from} (${cause.message})`, { cause });
  });
  const refuse = (found: string): never => {
    throw new InputError(`wrong file: ${from} has sha256 ${found} (expected ${sha256}; get it again)`);
  };
  if (first !== sha256) refuse(first);
  try {
    await mkdir(dirname(to), { recursive: true });
    for (const left of await abandonedPaths(to, "copy")) await rm(left, { force: true });
    await copyFile(from, copy.path);
    const second = await fileSha256(copy.path);
    if (second !== sha256) refuse(second);
    await rename(copy.path, to);
  } catch (error) {
    throw storageError(to, error);
  } finally {
    await rm(copy.path, { force: true });
    copy.release();
  }
}
