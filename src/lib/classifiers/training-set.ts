import { InputError } from "../errors.js";
import type { Embedding, Sample } from "../types.js";
import { unitVector } from "../unit-vector.js";
import { labelEncoder } from "./label-encoder.js";

/** Samples as one flat matrix: what every classifier here computes on. */
export interface TrainingSet {
  /** The people, sorted by code point. */
  readonly labels: readonly string[];
  /** For each row its person, as a position in `labels`; ascending. */
  readonly codes: Int32Array;
  /** size x dimensions, row-major. */
  readonly rows: Float64Array;
  readonly size: number;
  readonly dimensions: number;
  /** For each row its position in the list of samples that it was made of. */
  readonly positions: Int32Array;
}

/**
 * Checks samples and copies them into a matrix, sorted by label and then by embedding: whatever a classifier does next, and
 * whatever randomness it uses, its model cannot depend on the order in which the photos were listed.
 * @param normalize scale each row to length 1.
 * @throws InputError on no samples, mixed lengths or non-finite numbers.
 */
export function trainingSet(samples: readonly Sample[], { normalize }: { normalize: boolean }): TrainingSet {
  const first = samples[0];
  if (first === undefined) throw new InputError("invalid samples: 0 (must be at least one)");
  const dimensions = first.embedding.length;
  if (dimensions === 0) throw new InputError("invalid embedding: length 0 (must be at least 1)");
  for (const { embedding } of samples) requireEmbedding(embedding, dimensions);

  const encoder = labelEncoder(samples.map(({ label }) => label));
  const unsorted = encoder.transform(samples.map(({ label }) => label));
  const positions = Int32Array.from(samples.keys()).sort(
    (a, b) =>
      unsorted[a]! - unsorted[b]! || compareLexicographically(samples[a]!.embedding, samples[b]!.embedding),
  );
  const rows = new Float64Array(samples.length * dimensions);
  positions.forEach((position, row) => {
    const { embedding } = samples[position]!;
    rows.set(normalize ? unitVector(embedding) : embedding, row * dimensions);
  });
  const codes = positions.map((position) => unsorted[position]!);
  return { labels: encoder.classes, codes, rows, size: samples.length, dimensions, positions };
}

/**
 * Checks one embedding against the length that a model was fitted on.
 * @throws InputError on another length or a non-finite number.
 */
export function requireEmbedding(embedding: Embedding, dimensions: number): void {
  if (embedding.length !== dimensions) {
    throw new InputError(`invalid embedding: length ${embedding.length} (must be ${dimensions})`);
  }
  for (let i = 0; i < dimensions; i++) {
    if (!Number.isFinite(embedding[i])) {
      throw new InputError(`invalid embedding: ${embedding[i]} at position ${i} (must be finite numbers)`);
    }
  }
}

/** Some rows of a training set, with the labels of the whole. */
export function selectRows(set: TrainingSet, selected: Int32Array): TrainingSet {
  const { dimensions } = set;
  const rows = new Float64Array(selected.length * dimensions);
  selected.forEach((row, i) => {
    rows.set(set.rows.subarray(row * dimensions, (row + 1) * dimensions), i * dimensions);
  });
  return {
    ...set,
    rows,
    size: selected.length,
    codes: selected.map((row) => set.codes[row]!),
    positions: selected.map((row) => set.positions[row]!),
  };
}

/** Position of the largest value, the first of equals. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

function compareLexicographically(a: Embedding, b: Embedding): number {
  for (let i = 0; i < a.length; i++) {
    const difference = a[i]! - b[i]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
