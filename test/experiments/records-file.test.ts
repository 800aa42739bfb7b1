import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeAll, describe, expect, it } from "vitest";
import { flags, numbers, type Records, texts } from "../../src/experiments/dist/questions/records.js";
import { readRecords, writeRecords } from "../../src/experiments/dist/questions/records-file.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const records: Records = {
  about: { methods: [{ name: "a", notRun: "needs photos" }] },
  tables: {
    pairs: {
      fold: [1, 1, 2],
      name: ["Łukasz", "a,b", "Łukasz"],
      same: [true, false, true],
      score: [0.5, null, -1],
    },
    empty: { fold: [] },
  },
};

describe("records", () => {
  let path: string;
  beforeAll(async () => {
    path = join(await temporaryFolder(), "records.json.gz");
  });

  it("are read as they were written, and text that repeats is kept once", async () => {
    await writeRecords(path, records);
    expect(await readRecords(path)).toEqual(records);
    const many = {
      about: {},
      tables: { t: { name: Array.from({ length: 20_000 }, (_, i) => `person ${i % 3}`) } },
    };
    await writeRecords(path, many);
    expect((await readFile(path)).length).toBeLessThan(500);
    expect(await readRecords(path)).toEqual(many);
  });

  it("are undefined where there are none", async () => {
    expect(await readRecords(`${path}.none`)).toBeUndefined();
  });

  it("are refused where they are cut short or changed", async () => {
    await writeRecords(path, records);
    const bytes = await readFile(path);
    for (const part of [0, 0.3, 0.9]) {
      await writeFile(path, bytes.subarray(0, Math.floor(part * bytes.length)));
      await expect(readRecords(path)).rejects.toThrow(`cannot read records: ${path} (`);
      await expect(readRecords(path)).rejects.toThrow(
        "; run the experiment again, or get the file back with git checkout)",
      );
    }
  });

  it.each([
    ["another format", { format: "x", version: 1, about: {}, tables: {} }],
    ["another version", { format: "facelab-records", version: 2, about: {}, tables: {} }],
    ["no tables", { format: "facelab-records", version: 1, about: {} }],
    [
      "columns of two lengths",
      { format: "facelab-records", version: 1, about: {}, tables: { t: { a: [1], b: [1, 2] } } },
    ],
    [
      "a word that is not there",
      { format: "facelab-records", version: 1, about: {}, tables: { t: { a: { words: ["x"], at: [1] } } } },
    ],
    [
      "a cell that is none",
      { format: "facelab-records", version: 1, about: {}, tables: { t: { a: [[1]] } } },
    ],
  ])("are refused where they hold %s", async (_, content) => {
    await writeFile(path, gzipSync(JSON.stringify(content)));
    await expect(readRecords(path)).rejects.toThrow(`cannot read records: ${path} (`);
  });

  it("are not written with columns of two lengths", async () => {
    const crooked = { about: {}, tables: { t: { a: [1], b: [1, 2] } } };
    await expect(writeRecords(path, crooked)).rejects.toThrow("columns of t are of 1 and 2 rows");
  });

  it("are not written with a number that JSON has not", async () => {
    const endless = { about: {}, tables: { t: { a: [1, Number.NaN] } } };
    await expect(writeRecords(path, endless)).rejects.toThrow("column a of t holds NaN");
  });

  it("are asked for by column, and a missing one is an error", () => {
    const pairs = records.tables.pairs!;
    expect(numbers(pairs, "fold")).toEqual([1, 1, 2]);
    expect(texts(pairs, "name")[0]).toBe("Łukasz");
    expect(flags(pairs, "same")[1]).toBe(false);
    expect(() => numbers(pairs, "folds")).toThrow("no column folds (there are fold, name, same, score)");
  });
});
