import { InputError } from "../errors.js";
import { readLfwEmbeddings } from "../pipeline/lfw-embeddings-file.js";
import { readLfwRowPairs } from "../pipeline/lfw-pairs-file.js";
import type { Embedding, Random, Sample } from "../types.js";

/** Two faces, and whether they are of one person. */
export interface FacePair {
  readonly a: Embedding;
  readonly b: Embedding;
  readonly same: boolean;
}

const FOLDS = 10;
/** Pairs of one person in a fold, at most: as in LFW's View 2. */
const MOST_PAIRS = 300;

/** The 6,000 pairs of LFW's View 2, in its ten folds. */
export async function shippedPairs(embeddingsPath: string, pairsPath: string): Promise<FacePair[][]> {
  const { embeddings } = await readLfwEmbeddings(embeddingsPath);
  const folds = await readLfwRowPairs(pairsPath, embeddings.length);
  const face = (row: number): Embedding => embeddings[row] as Embedding;
  return folds.map((fold) => fold.map(({ a, b, same }) => ({ a: face(a), b: face(b), same })));
}

/**
 * Pairs of other faces, in the manner of View 2: the people are dealt to ten folds, or fewer where there are fewer than twenty, and nobody is in two; in each fold
 * pairs of one person, at most 300, and as many of two.
 * @throws InputError where fewer than two folds have pairs of both kinds.
 */
export function drawnPairs(faces: readonly Sample[], random: Random): FacePair[][] {
  const people = random.fork("people").shuffle([...new Set(faces.map(({ label }) => label))]);
  const count = Math.min(FOLDS, Math.floor(people.length / 2));
  const folds = Array.from({ length: count }, (_, i) => {
    const own = new Set(people.filter((_, place) => place % count === i));
    const stream = random.fork(`fold ${i}`);
    const pairs = pairsOf(faces.filter(({ label }) => own.has(label)));
    const same = stream
      .fork("same")
      .shuffle(pairs.filter((pair) => pair.same))
      .slice(0, MOST_PAIRS);
    const different = stream.fork("different").shuffle(pairs.filter((pair) => !pair.same));
    return [...same, ...different.slice(0, same.length)];
  }).filter((fold) => fold.some(({ same }) => same) && fold.some(({ same }) => !same));
  if (folds.length >= 2) return folds;
  throw new InputError(
    `too few pairs: ${folds.length} folds (needs at least four people, with two photos each)`,
  );
}

function pairsOf(faces: readonly Sample[]): FacePair[] {
  return faces.flatMap(({ embedding, label }, i) =>
    faces.slice(i + 1).map((other) => ({ a: embedding, b: other.embedding, same: label === other.label })),
  );
}
