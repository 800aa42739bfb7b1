import { constants } from "node:fs";
import { open, stat } from "node:fs/promises";
import { InputError } from "../errors.js";
import { type PhotoLimits, photoLimits, requireFewBytes } from "./photo-limits.js";

/**
 * Reads a photo's bytes, whatever they are. Only regular files are opened, links to them included: a pipe, a socket or a device
 * would be waited for, or never end.
 * @throws InputError `cannot read photo: <path> (<reason>)`, also where the file is larger than `maxBytes`.
 */
export async function readPhoto(path: string, limits: PhotoLimits = {}): Promise<Uint8Array> {
  const { maxBytes } = photoLimits(limits);
  try {
    requireFile(await stat(path));
    // Without O_NONBLOCK (which Windows has not) a pipe that was put there since would be waited for.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const found = await file.stat();
      requireFile(found);
      requireFewBytes(found.size, maxBytes);
      // A file of /proc says that it has no bytes, and then may have any number.
      return found.size === 0 ? new Uint8Array() : await file.readFile();
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw unreadablePhoto(path, cause);
  }
}

function requireFile(found: { isFile(): boolean; isDirectory(): boolean }): void {
  if (found.isDirectory()) throw new InputError("it is a folder");
  if (!found.isFile()) throw new InputError("it is not a regular file");
}

/** The message about a photo that cannot be read, of one line if its name is. */
export function unreadablePhoto(name: string, cause: unknown): InputError {
  return new InputError(`cannot read photo: ${name} (${reason(cause)})`, { cause });
}

function reason(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === "ENOENT") return "no such file";
  if (code === "ELOOP") return "its links lead in a circle";
  if (code === "EACCES") return "permission denied";
  return message.replaceAll(/\s+/g, " ").trim();
}
