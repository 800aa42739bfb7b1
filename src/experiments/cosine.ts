import { type Embedding, l2Normalize } from "facelab";

/** Cosine similarity of two embeddings of one length, -1..1. */
export function cosine(a: Embedding, b: Embedding): number {
  let [product, squareA, squareB] = [0, 0, 0];
  for (const [i, x] of a.entries()) {
    product += x * b[i]!;
    squareA += x * x;
    squareB += b[i]! * b[i]!;
  }
  return product / Math.sqrt(squareA * squareB);
}

/**
 * Calls back with the cosine of every pair of some embeddings: for thousands of them, where asking pair by pair would normalise each
 * thousands of times.
 * @param onPair is given two positions, the first smaller, and the cosine.
 * @param onRow is called with the number of embeddings that are done.
 */
export function everyCosine(
  embeddings: readonly Embedding[],
  onPair: (i: number, j: number, cosine: number) => void,
  onRow: (done: number) => void = () => {},
): void {
  const length = embeddings[0]?.length ?? 0;
  const units = new Float32Array(embeddings.length * length);
  for (const [row, embedding] of embeddings.entries()) units.set(l2Normalize(embedding), row * length);
  for (let i = 0; i < embeddings.length; i++) {
    for (let j = i + 1; j < embeddings.length; j++) {
      let [a, b, sum0, sum1] = [i * length, j * length, 0, 0];
      // Two sums side by side, because each addition would otherwise wait for the one before.
      for (const end = a + length - 1; a < end; a += 2, b += 2) {
        sum0 += units[a]! * units[b]!;
        sum1 += units[a + 1]! * units[b + 1]!;
      }
      onPair(i, j, sum0 + sum1 + (length % 2 === 1 ? units[a]! * units[b]! : 0));
    }
    onRow(i + 1);
  }
}
