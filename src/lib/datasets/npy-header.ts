import { InputError } from "../errors.js";
import type { NpyDtype } from "./npy-array.js";

/** What the header of a .npy file says. */
export interface NpyHeader {
  readonly dtype: NpyDtype;
  /** Bytes of one value. */
  readonly itemSize: number;
  readonly shape: readonly number[];
  /** Where the values begin. */
  readonly dataStart: number;
}

const DTYPES: Readonly<Record<string, { dtype: NpyDtype; itemSize: number }>> = {
  "|u1": { dtype: "uint8", itemSize: 1 },
  "|b1": { dtype: "bool", itemSize: 1 },
  "<f2": { dtype: "float16", itemSize: 2 },
  "<f4": { dtype: "float32", itemSize: 4 },
  "<f8": { dtype: "float64", itemSize: 8 },
  "<i4": { dtype: "int32", itemSize: 4 },
  "<i8": { dtype: "int64", itemSize: 8 },
};
const MAGIC = [0x93, ...Buffer.from("NUMPY")];

/** Bytes of one value in a file. @param width of unicode: code points of the longest string. */
export function npyItemSize(dtype: NpyDtype, width: number): number {
  return Object.values(DTYPES).find((entry) => entry.dtype === dtype)?.itemSize ?? 4 * width;
}

/**
 * Writes the header of a .npy file: format 1.0, or 2.0 where it is longer than 65,535 bytes, padded to 64 bytes.
 * @param width of a unicode array: code points of its longest string.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function encodeNpyHeader(dtype: NpyDtype, shape: readonly number[], width = 1): Uint8Array {
  const known = Object.entries(DTYPES).find(([, entry]) => entry.dtype === dtype);
  const descr = dtype === "unicode" ? `<U${width}` : known?.[0];
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const padded = (start: number): string =>
    text.padEnd(Math.ceil((start + text.length + 1) / 64) * 64 - start - 1);
  const long = padded(10).length + 1 > 0xffff;
  const body = `${padded(long ? 12 : 10)}\n`;
  const start = Buffer.alloc(long ? 12 : 10);
  start.set([...MAGIC, long ? 2 : 1, 0]);
  if (long) start.writeUInt32LE(body.length, 8);
  else start.writeUInt16LE(body.length, 8);
  return Buffer.concat([start, Buffer.from(body, "latin1")]);
}

/**
 * Reads the header of a .npy file (format 1.0, 2.0 or 3.0).
 * @throws InputError where it is damaged, or the values are of a kind or in an order that is not supported.
 */
export function decodeNpyHeader(bytes: Uint8Array): NpyHeader {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = bytes[6];
  if (bytes.length < 12 || MAGIC.some((byte, i) => bytes[i] !== byte))
    throw new InputError("not a .npy array");
  if (version !== 1 && version !== 2 && version !== 3)
    throw new InputError(`unknown .npy format: ${version} (expected 1, 2 or 3)`);
  const start = version === 1 ? 10 : 12;
  const dataStart = start + (version === 1 ? buffer.readUInt16LE(8) : buffer.readUInt32LE(8));
  if (dataStart > bytes.length) throw new InputError("damaged: the header is cut off");
  const text = buffer.toString(version === 3 ? "utf8" : "latin1", start, dataStart);
  const descr = /'descr':\s*('[^']*'|\[.*\])/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const tuple = /'shape':\s*\(([\d,\s]*)\)/.exec(text)?.[1];
  if (!descr || !order || tuple === undefined)
    throw new InputError(`damaged: header ${JSON.stringify(text.trim().slice(0, 80))}`);
  if (order === "True") throw new InputError("unsupported: Fortran order (save numpy.ascontiguousarray(a))");
  const shape = tuple
    .split(",")
    .map((length) => length.trim())
    .filter(Boolean)
    .map(Number);
  if (!shape.every(Number.isSafeInteger)) throw new InputError(`damaged: shape (${tuple})`);
  return { ...parseDescr(descr.replaceAll("'", "")), shape, dataStart };
}

function parseDescr(descr: string): { dtype: NpyDtype; itemSize: number } {
  const unicode = /^<U(\d+)$/.exec(descr);
  if (unicode) return { dtype: "unicode", itemSize: 4 * Number(unicode[1]) };
  const known = Object.hasOwn(DTYPES, descr) ? DTYPES[descr] : undefined;
  if (known) return known;
  if (descr.startsWith(">"))
    throw new InputError(`unsupported: big-endian ${descr} (save a.astype("<${descr.slice(1)}"))`);
  if (descr.startsWith("|O"))
    throw new InputError("unsupported: Python objects, which need pickle (save a.astype(str) or numbers)");
  const names = [...Object.keys(DTYPES), "<U"].join(", ");
  throw new InputError(`unsupported: dtype ${descr} (expected ${names})`);
}
