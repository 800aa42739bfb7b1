import { type FileHandle, open } from "node:fs/promises";
import { ZipWriter } from "@zip.js/zip.js";
import { InputError } from "../errors.js";
import { writeAside } from "../write-aside.js";
import { encodeNpy } from "./encode-npy.js";
import type { NpyArray } from "./npy-array.js";

/**
 * Writes arrays as a compressed .npz file, as numpy.savez_compressed does: `numpy.load(path)[name]`.
 * The same arrays give the same bytes. The file appears whole or not at all, see write-aside.ts. Large arrays are read in pieces; zip64 is used above 4 GB.
 * @param arrays by name, in the order of the file.
 * @throws InputError where an array is inconsistent or the file cannot be written.
 */
export async function writeNpz(path: string, arrays: Readonly<Record<string, NpyArray>>): Promise<void> {
  const entries = Object.entries(arrays).map(([name, array]) => ({ name, ...encode(path, name, array) }));
  try {
    await writeAside(path, async (aside) => {
      const file = await open(aside, "wx");
      try {
        // No workers: they would outlive the call. The built-in deflate gives the same bytes under every Node, zlib does not.
        const zip = new ZipWriter(sink(file), {
          useWebWorkers: false,
          useCompressionStream: false,
          rawLastModDate: 0x00210000, // 1 January 1980, midnight, in every time zone
          extendedTimestamp: false,
        });
        for (const { name, size, chunks } of entries) {
          await zip.add(`${name}.npy`, source(chunks), { uncompressedSize: size });
        }
        await zip.close();
        await file.sync();
      } finally {
        await file.close();
      }
    });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === undefined) throw cause; // not the disk's fault
    throw new InputError(`cannot write npz: ${path} (${(cause as Error).message})`, { cause });
  }
}

function encode(path: string, name: string, array: NpyArray): ReturnType<typeof encodeNpy> {
  try {
    if (name === "" || name.includes("/")) throw new InputError("invalid name (must be text without /)");
    return encodeNpy(array);
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    throw new InputError(`cannot write npz: ${path} (${name}: ${cause.message})`, { cause });
  }
}

function source(chunks: Iterator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const { done, value } = chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
}

function sink(file: FileHandle): WritableStream<Uint8Array> {
  // writeFile goes on at the current position and, unlike write, never stops halfway.
  return new WritableStream<Uint8Array>({ write: (chunk) => file.writeFile(chunk) });
}
