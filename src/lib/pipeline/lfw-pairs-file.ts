import { readNpz } from "../datasets/read-npz.js";
import { writeNpz } from "../datasets/write-npz.js";
import { InputError } from "../errors.js";
import { npzFields } from "./npz-fields.js";

/** Two photos of LFW as rows of {@link readLfwEmbeddings}' table, and whether they show one person. */
export interface LfwRowPair {
  readonly a: number;
  readonly b: number;
  readonly same: boolean;
}

/** Writes folds of pairs: a and b int32 n, same bool n, fold int32 n from 1; numbers alone, no name and no photo. */
export async function writeLfwRowPairs(
  path: string,
  folds: readonly (readonly LfwRowPair[])[],
): Promise<void> {
  const pairs = folds.flat();
  const shape = [pairs.length];
  await writeNpz(path, {
    a: { dtype: "int32", shape, data: Int32Array.from(pairs, ({ a }) => a) },
    b: { dtype: "int32", shape, data: Int32Array.from(pairs, ({ b }) => b) },
    same: { dtype: "bool", shape, data: Uint8Array.from(pairs, ({ same }) => Number(same)) },
    fold: {
      dtype: "int32",
      shape,
      data: Int32Array.from(folds.flatMap((fold, i) => fold.map(() => i + 1))),
    },
  });
}

/**
 * Reads a file of {@link writeLfwRowPairs}.
 * @param rows how many photos the table has that the pairs are of.
 * @throws InputError where it is damaged or holds something else, a row is not in the table, or folds are not counted from 1 without a gap.
 */
export async function readLfwRowPairs(path: string, rows: number): Promise<LfwRowPair[][]> {
  const fields = npzFields(path, await readNpz(path));
  const { data: first, shape } = fields.get("a", ["int32"], [null]);
  const second = fields.get("b", ["int32"], shape).data;
  const same = fields.get("same", ["bool"], shape).data;
  const numbers = fields.get("fold", ["int32"], shape).data;
  const folds: LfwRowPair[][] = [];
  for (const [i, a] of first.entries()) {
    const [b, number] = [second[i] as number, numbers[i] as number];
    const missing = [a, b].find((row) => row < 0 || row >= rows);
    if (missing !== undefined) {
      throw new InputError(
        `${path}: pair ${i} is of row ${missing} (the embeddings have rows 0 to ${rows - 1})`,
      );
    }
    const [current, next] = [folds.length, folds.length + 1];
    if (number !== next && (number !== current || current === 0)) {
      const expected = current === 0 ? "1" : `${current} or ${next}`;
      throw new InputError(`${path}: pair ${i} is in fold ${number} (expected ${expected})`);
    }
    if (number > folds.length) folds.push([]);
    folds.at(-1)?.push({ a, b, same: same[i] === 1 });
  }
  return folds;
}
