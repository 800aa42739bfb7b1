import type { Embedding } from "../types.js";
import type { FaceVectors } from "./pipeline-types.js";

/** {@link FaceVectors} as JSON: the numbers' 32 bits in base64. */
export interface KeptVectors {
  readonly embedding: string;
  readonly others?: Readonly<Record<string, string>>;
}

/** For a cache. */
export function toKept({ embedding, others }: FaceVectors): KeptVectors {
  return { embedding: encoded(embedding), ...(others ? { others: mapped(others, encoded) } : {}) };
}

/** The other way round, bit for bit. */
export function fromKept({ embedding, others }: KeptVectors): FaceVectors {
  return { embedding: decoded(embedding), ...(others ? { others: mapped(others, decoded) } : {}) };
}

function encoded({ buffer, byteOffset, byteLength }: Embedding): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString("base64");
}

function decoded(text: string): Embedding {
  const bytes = Buffer.from(text, "base64");
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

function mapped<A, B>(values: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}
