import type { Embedding } from "../types.js";

/** An embedding as bytes, the same on every machine. */
export function littleEndian(embedding: Embedding): Uint8Array {
  const view = new DataView(new ArrayBuffer(4 * embedding.length));
  for (const [i, value] of embedding.entries()) view.setFloat32(4 * i, value, true);
  return new Uint8Array(view.buffer);
}
