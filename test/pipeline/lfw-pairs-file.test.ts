import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  InputError,
  readLfwEmbeddings,
  readLfwPairs,
  readLfwRowPairs,
  writeLfwRowPairs,
  writeNpz,
} from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../experiments/run-cli.js";
import { itWithShared, sharedPath } from "../support/shared.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const datasets = fileURLToPath(new URL("../../datasets", import.meta.url));
const embeddings = join(datasets, "lfw-embeddings.npz");
const shipped = join(datasets, "lfw-pairs.npz");

describe("pairs as rows", () => {
  let folder: string;
  let path: string;
  beforeAll(async () => {
    folder = await temporaryFolder();
    path = join(folder, "pairs.npz");
  });

  it("are read as they were written", async () => {
    const folds = [
      [
        { a: 0, b: 1, same: true },
        { a: 2, b: 5, same: false },
      ],
      [{ a: 5, b: 0, same: false }],
    ];
    await writeLfwRowPairs(path, folds);
    expect(await readLfwRowPairs(path, 6)).toEqual(folds);
    await expect(readLfwRowPairs(path, 5)).rejects.toThrow(
      new InputError(`${path}: pair 1 is of row 5 (the embeddings have rows 0 to 4)`),
    );
  });

  it("are refused where folds are not counted from 1 without a gap, or a column is missing", async () => {
    const ints = (values: number[]) => ({
      dtype: "int32" as const,
      shape: [values.length],
      data: Int32Array.from(values),
    });
    const same = { dtype: "bool" as const, shape: [2], data: new Uint8Array(2) };
    for (const [fold, expected] of [
      [[1, 3], "pair 1 is in fold 3 (expected 1 or 2)"],
      [[2, 2], "pair 0 is in fold 2 (expected 1)"],
      [[0, 1], "pair 0 is in fold 0 (expected 1)"],
    ] as const) {
      await writeNpz(path, { a: ints([0, 1]), b: ints([1, 0]), same, fold: ints([...fold]) });
      await expect(readLfwRowPairs(path, 2)).rejects.toThrow(expected);
    }
    await writeNpz(path, { a: ints([0, 1]), same, fold: ints([1, 1]) });
    await expect(readLfwRowPairs(path, 2)).rejects.toThrow(`${path} has no array b`);
  });

  it("ship as View 2: ten folds of 300 and 300, and a pair is of one person where it says so", async () => {
    const { names } = await readLfwEmbeddings(embeddings);
    const folds = await readLfwRowPairs(shipped, names.length);
    expect(folds.map((fold) => fold.filter(({ same }) => same).length)).toEqual(Array(10).fill(300));
    expect(folds.map((fold) => fold.filter(({ same }) => !same).length)).toEqual(Array(10).fill(300));
    for (const { a, b, same } of folds.flat()) expect(names[a] === names[b] && a !== b).toBe(same);
  });

  itWithShared("data/lfw/pairs.txt")("ship as LFW's own list has them", async () => {
    const { names, numbers } = await readLfwEmbeddings(embeddings);
    const { folds } = await readLfwPairs(sharedPath("data/lfw/pairs.txt"));
    const rows = await readLfwRowPairs(shipped, names.length);
    const photo = (row: number) => ({ name: names[row], number: numbers[row] });
    expect(rows.map((fold) => fold.map(({ a, b, same }) => ({ a: photo(a), b: photo(b), same })))).toEqual(
      folds,
    );
  });
});

describe("facelab build-pairs", () => {
  it("makes the file that ships, and names a photo that is not in the embeddings or a line that is wrong", async () => {
    const folder = await temporaryFolder();
    const [pairs, output] = [join(folder, "pairs.txt"), join(folder, "pairs.npz")];
    const build = async (text: string) => {
      await writeFile(pairs, text);
      return runCli(["build-pairs", "--pairs", pairs, "-o", output]);
    };
    const good = "1\t1\nAaron_Peirsol\t1\t2\nAaron_Peirsol\t3\tGeorge_W_Bush\t7\n";
    const { code, stdout } = await build(good);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `pairs: ${output} (1 folds, 2 pairs)\n` });
    const { names, numbers } = await readLfwEmbeddings(embeddings);
    const [[, second] = []] = await readLfwRowPairs(output, names.length);
    expect([names[second!.a], numbers[second!.a], names[second!.b], numbers[second!.b]]).toEqual([
      "Aaron_Peirsol",
      3,
      "George_W_Bush",
      7,
    ]);
    for (const [text, message] of [
      [
        good.replace("Bush\t7", "Bush\t531"),
        `${pairs}: photo 531 of George_W_Bush is not in ${embeddings} (`,
      ],
      [good.replace("\t1\t2\n", "\t1\n"), `malformed list: ${pairs} line 2`],
      [good.replace("1\t1", "2\t1"), `malformed list: ${pairs} line 4: the end of the file`],
    ] as const) {
      const run = await build(text);
      expect(run.code).toBe(1);
      expect(run.stderr).toContain(`facelab: ${message}`);
    }
  });
});
