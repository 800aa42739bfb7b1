import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { classifiers, readNpz } from "facelab";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { parseCsv } from "../evaluation/parse-csv.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { writeFacePhoto } from "./face-photos.js";
import { type CliRun, runCli } from "./run-cli.js";

const ADA = "Ada O'Hara, Dr";
const AKIKO = "明子 田中";
const ssd = ["--detector", "ssd"];

/** Reads the only run in a folder. */
async function onlyRun(folder: string) {
  const [name, ...others] = await readdir(folder);
  expect(others).toEqual([]);
  const text = (file: string) => readFile(join(folder, name!, file), "utf8");
  return {
    records: parseCsv(await text("records.csv")),
    without: parseCsv(await text("photos-without-a-face.csv")),
    report: JSON.parse(await text("run.json")),
  };
}

// A second each on an idle machine, but the networks load anew in each process.
describe("photos", { timeout: 180_000 }, () => {
  let cwd: string;
  const ok = async (...args: string[]): Promise<CliRun> => {
    const run = await runCli(args, { cwd });
    expect(run.code, run.stderr).toBe(0);
    return run;
  };

  beforeAll(async () => {
    cwd = await temporaryFolder();
    for (const variant of ["plain", "dark", "small"] as const) {
      await writeFacePhoto(join(cwd, "my photos", ADA, `a ${variant}.jpg`), "left", variant);
      await writeFacePhoto(join(cwd, "my photos", AKIKO, `写真 ${variant}.png`), "middle", variant);
    }
    await writeFacePhoto(join(cwd, "my photos", "Seldom", "once.jpeg"), "right", "plain");
    await writeFile(join(cwd, "my photos", AKIKO, "broken.jpg"), "this is no photo");
    await writeFile(join(cwd, "my photos", ADA, ".hidden.jpg"), "hidden");
    await writeFile(join(cwd, "my photos", ".DS_Store"), "hidden");
    await writeFile(join(cwd, "my photos", ADA, "notes.txt"), "no photo");
    for (const [person, who] of [
      [ADA, "left"],
      [AKIKO, "middle"],
    ] as const) {
      await writeFacePhoto(join(cwd, "divided", "train", person, "1.jpg"), who, "plain");
      await writeFacePhoto(join(cwd, "divided", "val", person, "2.jpg"), who, "mirrored");
    }
  });

  it("give the same records in one step and in three", async () => {
    const direct = await ok("eval", "--dataset", "my photos", "--repeats", "1", ...ssd, "--output", "direct");
    const broken = join("my photos", AKIKO, "broken.jpg");
    for (const part of [
      "dataset: my photos, 3 people\n",
      "detector: ssd (weights ",
      "photos: 8, without a face: 1\n",
      "  unreadable: 1\n",
      `    cannot read photo: ${broken} (`,
      `    ${join("my photos", ADA, "notes.txt")}: not a photo (.txt)\n`,
      "note: with one photo, only trained on: Seldom\n",
      "splits: 1, train 6 photos, test 2 photos each\n",
    ]) {
      expect(direct.stdout).toContain(part);
    }
    expect(direct.stdout).not.toMatch(/hidden|DS_Store/);

    const extract = await ok("extract", "my photos", ...ssd, "-o", join("new folder", "faces.npz"));
    expect(extract.stdout).toContain("photos: 8, without a face: 1\n");
    expect(extract.stdout).toContain("note: with one photo, only trained on: Seldom\n");
    expect(await readdir(join(cwd, "new folder"))).toEqual(["faces.npz", "faces.png"]);
    const { width = 0, height = 0 } = await sharp(join(cwd, "new folder", "faces.png")).metadata();
    expect(Math.min(width, height)).toBeGreaterThan(100);
    await ok("embed", join("new folder", "faces.npz"), "-o", "embeddings.npz");
    const last = await ok("eval", "--dataset", "embeddings.npz", "--repeats", "3", "--output", "stepwise");
    expect(last.stdout).toContain("photos: 8, without a face: 1\n");
    expect(last.stdout).toContain("note: the dataset is divided: repeats not used\n");

    const faces = ["--dataset", join("new folder", "faces.npz")];
    await ok("eval", ...faces, "--classifiers", "eigenfaces", "--output", "from faces");

    const [one, three] = [await onlyRun(join(cwd, "direct")), await onlyRun(join(cwd, "stepwise"))];
    const ofPixels = await onlyRun(join(cwd, "from faces"));
    const byPhoto = ({ records }: typeof one, pixels?: boolean) =>
      records
        .filter(({ classifier }) => pixels === undefined || (classifier === "eigenfaces") === pixels)
        .map(({ classifier, path, label, answer, predicted, correct }) =>
          [classifier, path, label, answer, predicted, correct].join(" | "),
        )
        .toSorted();
    // Embeddings alone have no pixels: the entry made for them is not run, and says so.
    expect(last.stdout).toContain("not run (needs photos, for the embedder pixels)");
    expect(byPhoto(three)).toEqual(byPhoto(one, false));
    expect(byPhoto(ofPixels)).toEqual(byPhoto(one, true));
    expect(one.records).toHaveLength(2 * Object.keys(classifiers).length);
    expect(new Set(one.records.map(({ label }) => label))).toEqual(new Set([ADA, AKIKO]));
    const svm = one.records.filter(({ classifier, answer }) => classifier === "svm" && answer !== "none");
    expect(svm.map(({ correct }) => correct)).toEqual(svm.map(() => "true"));
    for (const { without, report } of [one, three]) {
      expect(without).toMatchObject([{ path: broken, label: AKIKO, reason: "unreadable" }]);
      expect(report.provenance).toMatchObject({ detector: { name: "ssd" }, face: "centre" });
      expect(report.provenance.embedder.models[0].sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(report.settings.seed).toBe(0);
    }
  });

  it("keep the division into train and val", async () => {
    const { stdout } = await ok("extract", "divided", ...ssd, "--no-mosaic", "-o", "divided.npz");
    expect(stdout).toContain("faces: divided.npz (train 2, test 2)\n");
    expect(stdout).not.toContain("mosaic");
    const arrays = await readNpz(join(cwd, "divided.npz"));
    expect(arrays.trainX?.shape).toEqual([2, 160, 160, 3]);
    expect(arrays.testy?.data).toEqual([ADA, AKIKO]);
    expect(arrays.trainPaths?.data).toEqual(
      [ADA, AKIKO].map((name) => join("divided", "train", name, "1.jpg")),
    );
    expect(arrays.testPaths?.data).toEqual([ADA, AKIKO].map((name) => join("divided", "val", name, "2.jpg")));
  });

  it("pass through models that `info` describes", async () => {
    const { stdout } = await ok("info", ...ssd);
    const cards = stdout.split("\n\n").slice(1);
    expect(cards).toHaveLength(3);
    for (const card of cards) {
      expect(card).toMatch(
        /^\S.*\n {2}input {4}\S.*\n {2}output {3}\S.*\n {2}engine {3}\S+\n {2}licence {2}\S/,
      );
      expect(card).toMatch(/\n {2}weights {2}\S.*\n {2}sha256 {3}[0-9a-f]{64}\s*$/);
    }
    expect(cards[0]).toMatch(/512 x 512 x 3/);
    expect(cards[2]).toMatch(/^dlib.*\n {2}input .*150 x 150.*\n {2}output .*128\n/);
  });
});
