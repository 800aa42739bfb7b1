import { copyFile, mkdir, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { readNpz } from "facelab";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { parseCsv } from "../evaluation/parse-csv.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { writeFacePhoto } from "./face-photos.js";
import { type CliRun, runCli } from "./run-cli.js";

const people = { Ada: "left", Bob: "middle", "E=m\n<b>": "right" } as const;
const [EVE] = Object.keys(people).slice(2) as [string];

describe("copies of photos", { timeout: 240_000 }, () => {
  let cwd: string;
  const ok = async (...args: string[]): Promise<CliRun> => {
    const run = await runCli([...args, "--detector", "ssd"], { cwd });
    expect(run.code, run.stderr).toBe(0);
    return run;
  };
  const run = async (folder: string) => {
    const [name] = await readdir(join(cwd, folder));
    const text = (file: string): Promise<string> => readFile(join(cwd, folder, name!, file), "utf8");
    return {
      run: JSON.parse(await text("run.json")),
      records: parseCsv(await text("records.csv")),
      page: await text("report.html"),
    };
  };
  const copy = async (from: string, to: string): Promise<void> => {
    await mkdir(dirname(join(cwd, to)), { recursive: true });
    await copyFile(join(cwd, from), join(cwd, to));
  };

  beforeAll(async () => {
    cwd = await temporaryFolder();
    for (const [name, who] of Object.entries(people)) {
      for (const variant of ["plain", "mirrored"] as const) {
        await writeFacePhoto(join(cwd, "own", "train", name, `${variant}.jpg`), who, variant);
      }
      await writeFacePhoto(join(cwd, "own", "val", name, "small.jpg"), who, "small");
    }
    await copy("own/train/Ada/plain.jpg", "own/val/Ada/copy.jpg");
    await copy("own/train/Ada/mirrored.jpg", "own/val/Bob/stray.jpg");
    for (const name of Object.keys(people)) {
      for (const variant of ["plain", "mirrored"]) {
        await copy(`own/train/${name}/${variant}.jpg`, `drawn/${name}/${variant}.jpg`);
      }
    }
    await copy("own/train/Ada/plain.jpg", "drawn/Ada/again.jpg");
    await copy(`own/train/${EVE}/plain.jpg`, "drawn/Bob/not bob.jpg");
    await sharp(join(cwd, "own", "train", "Bob", "plain.jpg"))
      .resize(330)
      .jpeg({ quality: 70 })
      .toFile(join(cwd, "drawn", "Bob", "resized.jpg"));
  });

  const leaks =
    `note: 2 test photos are also in train, and not tested on: ` +
    `${join("own", "val", "Bob", "stray.jpg")} = ${join("own", "train", "Ada", "mirrored.jpg")}; ` +
    `${join("own", "val", "Ada", "copy.jpg")} = ${join("own", "train", "Ada", "plain.jpg")}\n`;

  it("are left out of the test part of a divided folder, in one step and in three", async () => {
    const direct = await ok("eval", "--dataset", "own", "--classifiers", "cosine,knn", "--output", "direct");
    expect(direct.stdout).toContain(leaks);
    expect(direct.stdout).toContain("splits: 1, train 6 photos, test 3 photos each\n");
    const names = `${join("own", "train", "Ada", "mirrored.jpg")}, ${join("own", "val", "Bob", "stray.jpg")}`;
    expect(direct.stdout).toContain(
      `note: the same photo as two people, of which one is a wrong label: ${names}\n`,
    );
    // Made smaller, but of the same moment: said, and tested on all the same.
    expect(direct.stdout).toMatch(/note: photos that look alike, .* \(3 times in train and in test\): /);
    expect(direct.stdout).toContain("\\u{a}<b>");

    const extract = await ok("extract", "own", "--no-mosaic", "-o", "own.npz");
    expect(extract.stdout).toContain(leaks);
    expect(extract.stdout).toContain("faces: own.npz (train 6, test 3)\n");
    expect((await readNpz(join(cwd, "own.npz"))).testPaths?.data).toEqual(
      Object.keys(people).map((name) => join("own", "val", name, "small.jpg")),
    );
    const npz = ["--dataset", "own.npz", "--classifiers", "cosine,knn", "--output", "stepwise"];
    const last = await ok("eval", ...npz);
    expect(last.stdout).toMatch(/note: photos that look alike, .* \(3 times in train and in test\): /);

    const [one, three] = [await run("direct"), await run("stepwise")];
    expect(one.records).toHaveLength(6);
    const said = ({ records }: typeof one) =>
      records.map(({ classifier, path, predicted }) => `${classifier} ${path} ${predicted}`).sort();
    expect(said(three)).toEqual(said(one));
    expect(one.run.duplicates).toHaveLength(5);
    expect(one.run.duplicates[0]).toEqual({
      kind: "file",
      distance: 0,
      photos: [
        { path: join("own", "train", "Ada", "mirrored.jpg"), label: "Ada", part: "train" },
        { path: join("own", "val", "Bob", "stray.jpg"), label: "Bob", part: "test" },
      ],
    });
    expect(one.page).toContain("2 test photos are also in train, and not tested on");
  });

  it("are on one side where the split is drawn, by eval, extract and predict", async () => {
    const drawn = await ok("eval", "--dataset", "drawn", "--classifiers", "knn", "--output", "splits");
    const again = `${join("drawn", "Ada", "again.jpg")} = ${join("drawn", "Ada", "plain.jpg")}`;
    const twice = `note: 1 photo is there more than once, kept on one side of every split: ${again}\n`;
    expect(drawn.stdout).toContain(twice);
    const names = `${join("drawn", "Bob", "not bob.jpg")}, ${join("drawn", EVE, "plain.jpg").replace("\n", "\\u{a}")}`;
    const wrong = `note: the same photo as two people, of which one is a wrong label: ${names}\n`;
    expect(drawn.stdout).toContain(wrong);
    const alike = `${join("drawn", "Bob", "plain.jpg")} ~ ${join("drawn", "Bob", "resized.jpg")}`;
    const near = `note: photos that look alike, perhaps one picture, and not kept on one side: ${alike}\n`;
    expect(drawn.stdout).toContain(near);
    const { splits } = (await run("splits")).run as { splits: { train: string[]; test: string[] }[] };
    expect(splits).toHaveLength(5);
    for (const { train, test } of splits) {
      expect(train.length + test.length).toBe(9);
      const sides = ["again.jpg", "plain.jpg"].map((name) => test.includes(join("drawn", "Ada", name)));
      expect(sides[0]).toBe(sides[1]);
      expect(train).toContain(join("drawn", "Bob", "not bob.jpg"));
      expect(train).toContain(join("drawn", EVE, "plain.jpg"));
    }

    const extract = await ok("extract", "drawn", "--no-mosaic", "-o", "drawn.npz");
    for (const line of [twice, wrong, near]) expect(extract.stdout).toContain(line);
    // Each person's faces end up as in eval's first split.
    const { trainPaths, testPaths } = await readNpz(join(cwd, "drawn.npz"));
    expect(testPaths?.data).toEqual(splits[0]!.test);
    expect(trainPaths?.data).toEqual(splits[0]!.train);

    const predict = await ok("predict", "--dataset", "drawn", "--seed", "0", "--count", "9", "-o", "p.png");
    for (const line of [twice, wrong, near]) expect(predict.stdout).toContain(line);
    expect(predict.stdout).toContain(`of ${splits[0]!.test.length} test photos\n`);
    const leaked = await ok("predict", "--dataset", "own", "--seed", "0", "--count", "9", "-o", "q.png");
    expect(leaked.stdout).toContain(leaks);
    expect(leaked.stdout).toContain("drawn: 3 of 3 test photos\n");

    const train = await ok("train", "drawn", "-o", "model.json");
    for (const line of [twice, wrong, near]) expect(train.stdout).toContain(line);
  });
});
