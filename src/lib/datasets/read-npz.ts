import { type FileHandle, open } from "node:fs/promises";
import { ERR_EOCDR_NOT_FOUND, type FileEntry, Reader, ZipReader } from "@zip.js/zip.js";
import { InputError } from "../errors.js";
import { decodeNpy } from "./decode-npy.js";
import type { NpyArray } from "./npy-array.js";

/**
 * Reads all arrays of a .npz file written by {@link writeNpz} or numpy's savez and savez_compressed. Checksums are verified;
 * pickled objects are refused, never loaded.
 * @returns the arrays by name, in the file's order.
 * @throws InputError `cannot read npz: <path> (<reason>)` where it is missing, damaged, cut off or of an unsupported kind.
 */
export function readNpz(path: string): Promise<Record<string, NpyArray>> {
  return withEntries(path, async (entries) => {
    const arrays: [string, NpyArray][] = [];
    for (const entry of entries) arrays.push(await readEntry(entry));
    // Not `arrays[name] = ...`: a file may name an array __proto__.
    return Object.fromEntries(arrays);
  });
}

/** The names of the arrays in a .npz file, without reading these. @throws InputError as {@link readNpz}. */
export function readNpzNames(path: string): Promise<string[]> {
  return withEntries(path, async (entries) => entries.map(arrayName));
}

async function withEntries<T>(path: string, use: (entries: readonly FileEntry[]) => Promise<T>): Promise<T> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      const zip = new ZipReader(new FileReader(file, size), {
        useWebWorkers: false,
        useCompressionStream: false,
      });
      return await use((await zip.getEntries()) as FileEntry[]);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new InputError(`cannot read npz: ${path} (${reason(cause)})`, { cause });
  }
}

function arrayName({ filename, directory }: FileEntry): string {
  if (directory || !filename.endsWith(".npy")) throw new InputError(`${filename} is not a .npy array`);
  return filename.slice(0, -".npy".length);
}

async function readEntry(entry: FileEntry): Promise<[string, NpyArray]> {
  const name = arrayName(entry);
  const bytes = new Uint8Array(entry.uncompressedSize);
  let filled = 0;
  const writable = new WritableStream<Uint8Array>({
    write(chunk) {
      if (filled + chunk.length > bytes.length)
        throw new InputError("damaged: more data than the directory says");
      bytes.set(chunk, filled);
      filled += chunk.length;
    },
  });
  try {
    await entry.getData(writable, { checkSignature: true });
    if (filled !== bytes.length) throw new InputError("damaged: less data than the directory says");
    return [name, decodeNpy(bytes)];
  } catch (cause) {
    throw new InputError(`${name}: ${(cause as Error).message}`, { cause });
  }
}

/** What zip.js asks a source of bytes to be. */
class FileReader extends Reader<FileHandle> {
  readonly #file: FileHandle;

  constructor(file: FileHandle, size: number) {
    super(file);
    this.#file = file;
    this.size = size;
  }

  override async readUint8Array(offset: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(Math.max(0, Math.min(length, this.size - offset)));
    const { bytesRead } = await this.#file.read(bytes, 0, bytes.length, offset);
    if (bytesRead !== bytes.length) throw new InputError("the file is shorter than it was");
    return bytes;
  }
}

function reason(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === "ENOENT") return "no such file";
  if (code === "EISDIR") return "it is a folder";
  if (message === ERR_EOCDR_NOT_FOUND) return "damaged or cut off: it has no end";
  return message;
}
