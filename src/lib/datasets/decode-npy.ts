import { InputError } from "../errors.js";
import { fromHalf } from "../float16.js";
import { type NpyArray, shapeSize } from "./npy-array.js";
import { decodeNpyHeader } from "./npy-header.js";

/**
 * Decodes a .npy file. Where numpy's bytes are the array's, `data` is a view of `bytes`.
 * @throws InputError where it is damaged or of a kind that is not supported.
 */
export function decodeNpy(bytes: Uint8Array): NpyArray {
  const { dtype, itemSize, shape, dataStart } = decodeNpyHeader(bytes);
  const count = shapeSize(shape);
  const size = bytes.length - dataStart;
  if (size !== count * itemSize) {
    throw new InputError(
      `damaged: shape (${shape.join(", ")}) needs ${count * itemSize} bytes, ${size} are there`,
    );
  }
  // numpy pads headers so that values are aligned; other writers may not.
  const aligned = (bytes.byteOffset + dataStart) % 8 === 0;
  const { buffer, byteOffset } = aligned ? bytes.subarray(dataStart) : bytes.slice(dataStart);
  const view = new DataView(buffer, byteOffset, size);
  switch (dtype) {
    case "uint8":
    case "bool":
      return { shape, dtype, data: new Uint8Array(buffer, byteOffset, count) };
    case "float32":
      return { shape, dtype, data: new Float32Array(buffer, byteOffset, count) };
    case "float64":
      return { shape, dtype, data: new Float64Array(buffer, byteOffset, count) };
    case "int32":
      return { shape, dtype, data: new Int32Array(buffer, byteOffset, count) };
    case "float16":
      return {
        shape,
        dtype,
        data: Float32Array.from({ length: count }, (_, i) => fromHalf(view.getUint16(2 * i, true))),
      };
    case "int64":
      return {
        shape,
        dtype,
        data: Array.from({ length: count }, (_, i) => safeNumber(view.getBigInt64(8 * i, true))),
      };
    case "unicode":
      return {
        shape,
        dtype,
        data: Array.from({ length: count }, (_, i) => text(view, i * itemSize, itemSize / 4)),
      };
  }
}

function safeNumber(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number))
    throw new InputError(`unsupported: int64 value ${value} (must be within 2^53)`);
  return number;
}

function text(view: DataView, start: number, width: number): string {
  let length = width;
  while (length > 0 && view.getUint32(start + 4 * (length - 1), true) === 0) length--;
  let result = "";
  for (let i = 0; i < length; i++) {
    const codePoint = view.getUint32(start + 4 * i, true);
    if (codePoint > 0x10ffff) throw new InputError(`damaged: ${codePoint} is no character`);
    result += String.fromCodePoint(codePoint);
  }
  return result;
}
