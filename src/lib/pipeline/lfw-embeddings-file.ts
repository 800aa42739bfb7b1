import { readNpz } from "../datasets/read-npz.js";
import { writeNpz } from "../datasets/write-npz.js";
import type { Embedding } from "../types.js";
import type { EmbeddedSet } from "./embedded-set.js";
import { npzFields, provenanceArray, readProvenance, textArray } from "./npz-fields.js";
import type { Provenance } from "./provenance.js";

/** LFW as one table: a row for each photo, in the order of its list. */
export interface LfwEmbeddings {
  readonly names: readonly string[];
  /** The photo's number within its person, from 1. */
  readonly numbers: readonly number[];
  /** Whether a face was found; where it was not, the embedding is of the place where faces are on average. */
  readonly found: readonly boolean[];
  readonly embeddings: readonly Embedding[];
  readonly provenance: Provenance | null;
}

/**
 * Writes all of LFW's embeddings: embeddings float16 n x d, names unicode n, numbers int32 n, found bool n, provenance.
 * Half precision keeps 11 bits, more than the 8 of dlib's weights: no table changes by it.
 */
export async function writeLfwEmbeddings(path: string, lfw: LfwEmbeddings): Promise<void> {
  const count = lfw.names.length;
  const dimensions = lfw.embeddings[0]?.length ?? 0;
  const data = new Float32Array(count * dimensions);
  lfw.embeddings.forEach((embedding, row) => {
    data.set(embedding, row * dimensions);
  });
  await writeNpz(path, {
    embeddings: { dtype: "float16", shape: [count, dimensions], data },
    names: textArray(lfw.names),
    numbers: { dtype: "int32", shape: [count], data: Int32Array.from(lfw.numbers) },
    found: { dtype: "bool", shape: [count], data: Uint8Array.from(lfw.found, Number) },
    provenance: provenanceArray(lfw.provenance),
  });
}

/** Reads a file of {@link writeLfwEmbeddings}. @throws InputError where it is damaged or holds something else. */
export async function readLfwEmbeddings(path: string): Promise<LfwEmbeddings> {
  const fields = npzFields(path, await readNpz(path));
  const { data, shape } = fields.get("embeddings", ["float16", "float32"], [null, null]);
  const [count, dimensions] = shape as [number, number];
  return {
    names: fields.get("names", ["unicode"], [count]).data,
    numbers: Array.from(fields.get("numbers", ["int32"], [count]).data),
    found: Array.from(fields.get("found", ["bool"], [count]).data, Boolean),
    embeddings: Array.from({ length: count }, (_, row) =>
      data.slice(row * dimensions, (row + 1) * dimensions),
    ),
    provenance: readProvenance(path, fields),
  };
}

/**
 * LFW as a dataset for classifiers.
 * @param rows which photos; photos without a face count as such, their stand-in embedding is not used.
 */
export function lfwEmbeddedSet(name: string, lfw: LfwEmbeddings, rows: readonly number[]): EmbeddedSet {
  const photos = rows.map((row) => {
    const label = lfw.names[row] as string;
    const photo = { path: `${label}/${label}_${String(lfw.numbers[row]).padStart(4, "0")}.jpg`, label };
    return lfw.found[row]
      ? { ...photo, kind: "face" as const, embedding: lfw.embeddings[row] as Embedding }
      : { ...photo, kind: "none" as const, reason: "no face found", detail: "" };
  });
  return { name, photos, provenance: lfw.provenance };
}
