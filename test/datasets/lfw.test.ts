import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError, lfwPhotoPath, lfwSize, loadLfw, readLfwPairs, readLfwPeople } from "facelab";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { itWithShared, sharedPath } from "../support/shared.js";

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "facelab lfw "));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

async function list(content: string): Promise<string> {
  const path = join(await mkdtemp(join(dir, "list-")), "list.txt");
  await writeFile(path, content);
  return path;
}

test("loadLfw takes what is named like LFW's photos", async () => {
  const root = join(dir, "lfw");
  for (const name of ["Ann_Lee", "Bo"]) await mkdir(join(root, name), { recursive: true });
  for (const path of [
    "Ann_Lee/Ann_Lee_0001.jpg",
    "Ann_Lee/Ann_Lee_0012.jpg",
    "Bo/Bo_0001.jpg",
    "Bo/Ann_Lee_0001.jpg",
    "Bo/Bo_1.jpg",
  ]) {
    await writeFile(join(root, path), "");
  }
  const { samples, ignored } = await loadLfw(root);
  expect(samples).toEqual([
    { path: lfwPhotoPath(root, { name: "Ann_Lee", number: 1 }), label: "Ann_Lee" },
    { path: lfwPhotoPath(root, { name: "Ann_Lee", number: 12 }), label: "Ann_Lee" },
    { path: lfwPhotoPath(root, { name: "Bo", number: 1 }), label: "Bo" },
  ]);
  expect(ignored.map(({ reason }) => reason)).toEqual([
    "not named like LFW's photos",
    "not named like LFW's photos",
  ]);
  await rm(join(root, "Ann_Lee"), { recursive: true });
  await rm(join(root, "Bo/Bo_0001.jpg"));
  await expect(loadLfw(root)).rejects.toThrow(`not LFW: ${root} (expected NAME/NAME_0001.jpg)`);
});

describe("readLfwPairs", () => {
  test("two folds", async () => {
    const { folds } = await readLfwPairs(
      await list("2\t1\r\nA_B\t1\t4\r\nC\t2\tD\t1\r\nE\t1\t2\r\nA_B\t4\tC\t1\r\n"),
    );
    expect(folds).toEqual([
      [
        { a: { name: "A_B", number: 1 }, b: { name: "A_B", number: 4 }, same: true },
        { a: { name: "C", number: 2 }, b: { name: "D", number: 1 }, same: false },
      ],
      [
        { a: { name: "E", number: 1 }, b: { name: "E", number: 2 }, same: true },
        { a: { name: "A_B", number: 4 }, b: { name: "C", number: 1 }, same: false },
      ],
    ]);
  });
  test("one list", async () => {
    const { folds } = await readLfwPairs(await list("1\nA\t1\t2\nC\t2\tD\t1\n"));
    expect(folds.map((fold) => fold.map(({ same }) => same))).toEqual([[true, false]]);
  });
  test.each([
    ["an empty file", "", 'line 1: "" (expected a header'],
    ["a header of words", "ten\n", 'line 1: "ten" (expected a header'],
    ["a header with 0", "0\n", "line 1"],
    ["a line with two fields", "1\nA\t1\n", 'line 2: "A\\t1" (expected a same pair'],
    ["a different pair among the same ones", "2\nA\t1\t2\nA\t1\tB\t1\n", "line 3"],
    ["a same pair among the different ones", "1\nA\t1\t2\nA\t3\t4\n", "line 3"],
    ["a number that is none", "1\nA\t1\tx\n", "line 2"],
    ["photo 0", "1\nA\t0\t1\n", "line 2"],
    ["one person as two", "1\nA\t1\t2\nA\t1\tA\t2\n", "expected two different names"],
    [
      "too few lines",
      "2\nA\t1\t2\nA\t1\t3\nA\t1\tB\t1\n",
      "line 5: the end of the file (expected a different pair",
    ],
    [
      "too many lines",
      "1\nA\t1\t2\nA\t1\tB\t1\nA\t1\tC\t1\n",
      'line 4: "A\\t1\\tC\\t1" (expected the end of the file)',
    ],
  ])("refuses %s", async (_, content, message) => {
    const path = await list(content);
    await expect(readLfwPairs(path)).rejects.toThrow(InputError);
    await expect(readLfwPairs(path)).rejects.toThrow(message);
  });
  test("refuses a missing file", async () => {
    await expect(readLfwPairs(join(dir, "no.txt"))).rejects.toThrow(/^cannot read list: .*no\.txt/);
  });
});

test("readLfwPeople reads folds and single lists", async () => {
  const [a, b] = [
    { name: "A", photos: 3 },
    { name: "B", photos: 1 },
  ];
  expect(await readLfwPeople(await list("2\n1\nA\t3\n1\nB\t1\n"))).toEqual({ folds: [[a], [b]] });
  expect(await readLfwPeople(await list("2\nA\t3\nB\t1\n"))).toEqual({ folds: [[a, b]] });
  await expect(readLfwPeople(await list("2\nA\t3\n"))).rejects.toThrow(
    "line 3: the end of the file (expected NAME, NUMBER)",
  );
});

const shared = sharedPath("data/lfw");
const itWithLfw = itWithShared("data/lfw/pairs.txt", "data/lfw/lfw-deepfunneled");
describe("the real LFW", () => {
  itWithLfw("is complete and holds every photo of its lists", async () => {
    const { samples, ignored } = await loadLfw(join(shared, "lfw-deepfunneled"));
    expect(samples).toHaveLength(lfwSize.photos);
    expect(new Set(samples.map(({ label }) => label)).size).toBe(lfwSize.people);
    expect(ignored).toEqual([]);
    const paths = new Set(samples.map(({ path }) => path));
    const shapes = { "pairs.txt": [10, 600], "pairsDevTrain.txt": [1, 2200], "pairsDevTest.txt": [1, 1000] };
    for (const [file, [foldCount, length]] of Object.entries(shapes)) {
      const { folds } = await readLfwPairs(join(shared, file));
      expect(folds.map((fold) => fold.length)).toEqual(Array.from({ length: foldCount! }, () => length));
      for (const fold of folds) {
        expect(fold.filter(({ same }) => same)).toHaveLength(length! / 2);
        for (const { a, b } of fold) {
          expect(paths.has(lfwPhotoPath(join(shared, "lfw-deepfunneled"), a))).toBe(true);
          expect(paths.has(lfwPhotoPath(join(shared, "lfw-deepfunneled"), b))).toBe(true);
        }
      }
    }
  });
  itWithLfw("has lists of people", async () => {
    const { folds } = await readLfwPeople(join(shared, "people.txt"));
    expect([folds.length, folds.flat().length]).toEqual([10, lfwSize.people]);
    expect(folds.flat().reduce((sum, { photos }) => sum + photos, 0)).toBe(lfwSize.photos);
    expect((await readLfwPeople(join(shared, "peopleDevTrain.txt"))).folds.flat()).toHaveLength(4038);
  });
});
