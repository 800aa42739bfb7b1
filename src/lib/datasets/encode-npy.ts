import { InputError } from "../errors.js";
import { toHalf } from "../float16.js";
import { type NpyArray, shapeSize } from "./npy-array.js";
import { encodeNpyHeader, npyItemSize } from "./npy-header.js";

const CHUNK = 1 << 18;

/**
 * Encodes an array as a .npy file in pieces of about 256 KiB, so that no second copy of a large array is held.
 * @returns the file's size in bytes, and its pieces; some are views of `array.data`.
 * @throws InputError where shape and data disagree, or a value does not fit the dtype.
 */
export function encodeNpy(array: NpyArray): { size: number; chunks: Iterator<Uint8Array> } {
  const { shape, dtype, data } = array;
  if (
    !shape.every((length) => Number.isSafeInteger(length) && length >= 0) ||
    shapeSize(shape) !== data.length
  ) {
    throw new InputError(
      `invalid shape: (${shape.join(", ")}) for ${data.length} values (its product must be ${data.length})`,
    );
  }
  const width =
    dtype === "unicode" ? array.data.reduce((most, text) => Math.max(most, [...text].length), 1) : 1;
  const itemSize = npyItemSize(dtype, width);
  requireFit(array);
  const header = encodeNpyHeader(dtype, shape, width);
  return { size: header.length + data.length * itemSize, chunks: pieces(header, array, itemSize) };
}

function* pieces(header: Uint8Array, array: NpyArray, itemSize: number): Generator<Uint8Array> {
  yield header;
  const { dtype, data } = array;
  if (dtype === "float16")
    yield* packed(data.length, 2, (view, at, i) => view.setUint16(at, toHalf(data[i]!), true));
  else if (dtype === "int64")
    yield* packed(data.length, 8, (view, at, i) => view.setBigInt64(at, BigInt(data[i]!), true));
  else if (dtype === "unicode") {
    yield* packed(data.length, itemSize, (view, start, i) => {
      let at = start;
      for (const character of data[i]!) {
        view.setUint32(at, character.codePointAt(0)!, true);
        at += 4;
      }
    });
  } else {
    // Every platform that Node runs sharp or ONNX on is little-endian, so memory is already what the file holds.
    for (let at = 0; at < data.byteLength; at += CHUNK) {
      yield new Uint8Array(data.buffer, data.byteOffset + at, Math.min(CHUNK, data.byteLength - at));
    }
  }
}

function* packed(
  count: number,
  itemSize: number,
  put: (view: DataView, at: number, i: number) => void,
): Generator<Uint8Array> {
  const step = Math.max(1, Math.floor(CHUNK / itemSize));
  for (let first = 0; first < count; first += step) {
    const bytes = new Uint8Array(Math.min(step, count - first) * itemSize);
    const view = new DataView(bytes.buffer);
    for (let at = 0, i = first; at < bytes.length; at += itemSize, i++) put(view, at, i);
    yield bytes;
  }
}

function requireFit(array: NpyArray): void {
  const { dtype, data } = array;
  const stored = ArrayBuffer.isView(data) ? data.BYTES_PER_ELEMENT : undefined;
  const expected =
    dtype === "unicode" || dtype === "int64" ? undefined : dtype === "float16" ? 4 : npyItemSize(dtype, 1);
  if (stored !== expected)
    throw new InputError(`invalid data for ${dtype}: ${data.constructor.name} (see NpyArray for the type)`);
  const misfit = misfits(array);
  if (misfit) {
    throw new InputError(`invalid ${dtype} value: ${JSON.stringify(misfit.value)} (must be ${misfit.rule})`);
  }
}

function misfits({ dtype, data }: NpyArray): { value: unknown; rule: string } | undefined {
  const first = <T>(values: ArrayLike<T>, fits: (value: T) => boolean, rule: string) => {
    const at = Array.prototype.findIndex.call(values, (value: T) => !fits(value));
    return at < 0 ? undefined : { value: values[at], rule };
  };
  if (dtype === "bool") return first(data, (value) => value <= 1, "0 or 1");
  if (dtype === "int64") return first(data, Number.isSafeInteger, "a whole number within 2^53");
  // numpy pads with NUL and strips it again.
  if (dtype === "unicode")
    return first(data, (value) => !value.endsWith("\0"), "text that does not end with NUL");
  return undefined;
}
