import type { Embedding } from "../types.js";

/** The Euclidean distance of two embeddings of one length. */
export function euclideanDistance(a: Embedding, b: Embedding): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i] as number) - (b[i] as number)) ** 2;
  return Math.sqrt(sum);
}
