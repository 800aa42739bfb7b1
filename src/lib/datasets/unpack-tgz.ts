import { createReadStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { type ReadEntry, Unpack } from "tar";
import { InputError } from "../errors.js";
import { storageError } from "../inference/storage-error.js";

/** How much an archive may hold. */
export interface UnpackOptions {
  /** All files together, unpacked. @default 2e9 */
  readonly maxBytes?: number;
  /** Files and folders. @default 100_000 */
  readonly maxEntries?: number;
}

/**
 * Unpacks a .tgz that nobody vouches for. It may hold files and folders below its own root and nothing else: no links at
 * all, so that none can lead out. Owners, modes and times of the archive are not taken over.
 * @param folder is made; where it throws, part of the archive is in it.
 * @throws InputError where the archive cannot be read, is damaged or cut off, or an entry is refused (it is named), or where the
 *   folder cannot be written.
 */
export async function unpackTgz(
  archive: string,
  folder: string,
  { maxBytes = 2e9, maxEntries = 100_000 }: UnpackOptions = {},
): Promise<void> {
  let refusal: InputError | undefined;
  let failure: unknown;
  let bytes = 0;
  let entries = 0;
  const objection = ({ path, type, size }: ReadEntry): string | undefined => {
    bytes += Math.max(0, size);
    entries++;
    if (type !== "File" && type !== "OldFile" && type !== "ContiguousFile" && type !== "Directory") {
      return `it is neither a file nor a folder, but ${type}`;
    }
    if (/^[/\\]|^[a-z]:/i.test(path)) return "its path is absolute";
    if (path.split(/[/\\]/).includes("..")) return "its path leads out of the folder";
    if (path.includes("\\")) return "its path holds a backslash";
    if (bytes > maxBytes) return `with it the archive holds more than ${maxBytes} bytes`;
    if (entries > maxEntries) return `with it the archive holds more than ${maxEntries} entries`;
    return undefined;
  };
  const unpack = new Unpack({
    cwd: folder,
    strict: true,
    preserveOwner: false,
    noMtime: true,
    filter(_, entry) {
      if (refusal !== undefined || !("type" in entry)) return false;
      const why = objection(entry);
      if (why === undefined) {
        entry.mode = undefined; // the user's own umask decides
        return true;
      }
      refusal = new InputError(
        `refused archive: ${archive} (entry ${quoted(entry.path)}: ${why}; get it from somewhere else)`,
      );
      return false;
    },
  });
  const closed = new Promise<void>((resolve, reject) => {
    unpack.on("close", resolve);
    unpack.on("error", (error: unknown) => {
      failure ??= error;
      reject(error);
    });
  });
  closed.catch(() => {}); // awaited below, and maybe too late for Node
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw storageError(folder, error);
  });
  // Headers and padding: a block and a half each, and one of zeros at most between them.
  const most = maxBytes + maxEntries * 2048;
  let unpacked = 0;
  try {
    await pipeline(createReadStream(archive), createGunzip(), async (chunks: AsyncIterable<Buffer>) => {
      for await (const chunk of chunks) {
        unpacked += chunk.length;
        if (unpacked > most) {
          refusal ??= new InputError(
            `refused archive: ${archive} (larger than ${maxBytes} bytes unpacked; get it from somewhere else)`,
          );
        }
        if (refusal !== undefined) throw refusal;
        if (!unpack.write(chunk)) {
          await Promise.race([new Promise((resolve) => unpack.once("drain", resolve)), closed]);
        }
      }
      unpack.end();
      await closed;
      if (refusal !== undefined) throw refusal;
    });
  } catch (error) {
    unpack.abort(error as Error);
    // The pipeline may know no more than that somebody ended it.
    throw refusal ?? unreadable(archive, folder, failure ?? error);
  }
}

function unreadable(archive: string, folder: string, error: unknown): unknown {
  if (error instanceof InputError || !(error instanceof Error)) return error;
  const {
    code = "",
    syscall,
    path,
    tarCode,
    message,
  } = error as NodeJS.ErrnoException & { tarCode?: string };
  const damaged = (why: string): InputError =>
    new InputError(`cannot unpack ${archive} (${why}; get it again)`, { cause: error });
  if (code.startsWith("Z_BUF")) return damaged("it is cut off");
  if (code.startsWith("Z_")) return damaged(`not a .tgz, or damaged: ${message}`);
  if (syscall !== undefined && path === archive) {
    return new InputError(`cannot read ${archive} (${message})`, { cause: error });
  }
  if (syscall !== undefined) return storageError(folder, error);
  if (tarCode !== undefined) return damaged(message.replace(/^TAR_\w+: /, ""));
  return error;
}

/** A name from an archive, safe for one line of a terminal. */
function quoted(name: string): string {
  return JSON.stringify(name).replaceAll(
    /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu,
    (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`,
  );
}
