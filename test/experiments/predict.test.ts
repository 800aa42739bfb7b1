import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type NpyArray, writeNpz } from "facelab";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { itWithShared, mtcnnManifest, sharedPath } from "../support/shared.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { writeDrawing, writeFacePhoto } from "./face-photos.js";
import { type CliRun, runCli } from "./run-cli.js";

const ADA = 'Ada, "the first"\n<script>';
const AKIKO = "明子 田中";
const CELEBRITIES = "data/celebrities-5";
const ssd = ["--detector", "ssd"];

/** The lines of drawn faces: true name, predicted name, their photos. */
const drawn = (stdout: string) =>
  [
    ...stdout.matchAll(
      /^true: (.*), predicted: (.*) \((.*)\), nearest training photo: (.*), distance (\d\.\d\d), test photo: (.*)$/gm,
    ),
  ].map(([, truth, predicted, probability, nearest, distance, photo]) => ({
    truth,
    predicted,
    probability,
    nearest,
    distance,
    photo,
  }));

describe("predict", { timeout: 180_000 }, () => {
  let cwd: string;
  const run = (...args: string[]): Promise<CliRun> => runCli(["predict", ...args], { cwd });
  const ok = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await run(...args);
    expect(stderr).toBe("");
    expect(code).toBe(0);
    return stdout;
  };

  beforeAll(async () => {
    cwd = await temporaryFolder();
    const variants = ["plain", "dark", "small", "mirrored"] as const;
    for (const variant of variants) {
      await writeFacePhoto(join(cwd, "photos", ADA, `${variant}.jpg`), "left", variant);
      await writeFacePhoto(join(cwd, "photos", AKIKO, `${variant}.jpg`), "middle", variant);
    }
    await writeDrawing(join(cwd, "photos", AKIKO, "drawing.png"), "red");
    await mkdir(join(cwd, "one", "Ada"), { recursive: true });
    await writeFile(join(cwd, "one", "Ada", "1.jpg"), "never opened");
    const matrix: NpyArray = { dtype: "float32", shape: [2, 2], data: Float32Array.of(0, 1, 2, 3) };
    const names: NpyArray = { dtype: "unicode", shape: [2], data: ["a", "b"] };
    await writeNpz(join(cwd, "embeddings.npz"), {
      trainX: matrix,
      trainy: names,
      testX: matrix,
      testy: names,
    });
  });

  it("draws sample faces without a dataset, and the same ones again with the seed", async () => {
    const one = await ok(...ssd, "--count", "3", "--seed", "5", "-o", "a.png");
    await rename(join(cwd, "a.png"), join(cwd, "first.png"));
    const again = await ok(...ssd, "--count", "3", "--seed", "5", "-o", "a.png");
    expect(again).toBe(one);
    const [first, second] = await Promise.all(
      ["first.png", "a.png"].map((file) => readFile(join(cwd, file))),
    );
    expect(first!.equals(second!)).toBe(true);
    expect(one).toContain("variations of one photo each: not an accuracy");
    expect(one).toContain("picture: a.png\n");
    const faces = drawn(one);
    expect(faces).toHaveLength(3);
    for (const { truth, predicted, nearest, photo, probability } of faces) {
      expect(truth).toMatch(/^face-\d\d$/);
      expect(nearest).toMatch(
        new RegExp(`^sample\\d\\.jpg, ${predicted}, (plain|mirror|shift|rotate|scale|brightness)`),
      );
      expect(photo).toMatch(
        new RegExp(`^sample\\d\\.jpg, ${truth}, (blur|noise|jpeg|low-resolution|bar|contrast) `),
      );
      expect(probability).toMatch(/^\d+\.\d %$/);
    }
    const right = faces.filter(({ truth, predicted }) => truth === predicted).length;
    expect(one).toContain(`${right} of 3 drawn faces right (so few are no accuracy`);
    const { width = 0, height = 0, format } = await sharp(first).metadata();
    expect(format).toBe("png");
    expect(Math.min(width, height)).toBeGreaterThan(500);
  });

  it("draws a seed of its own without one, and says how to repeat it", async () => {
    const [one, other] = await Promise.all([ok(...ssd, "-o", "one.png"), ok(...ssd, "-o", "other.png")]);
    const seed = (stdout: string) => /^seed: (\d+) \(repeat it with --seed \1\)$/m.exec(stdout)?.[1];
    expect(seed(one)).toBeDefined();
    expect(seed(other)).toBeDefined();
    expect(seed(one)).not.toBe(seed(other));
    const repeated = await ok(...ssd, "-o", "repeated.png", "--seed", seed(one)!);
    expect(drawn(repeated)).toEqual(drawn(one));
    expect((await readFile(join(cwd, "repeated.png"))).equals(await readFile(join(cwd, "one.png")))).toBe(
      true,
    );
  });

  it("draws from a folder, and all where more are asked for", async () => {
    const stdout = await ok(
      "--dataset",
      "photos",
      ...ssd,
      "--count",
      "50",
      "--seed",
      "1",
      "-o",
      "new/folder.png",
    );
    const faces = drawn(stdout);
    expect(stdout).toMatch(/^note: fewer test faces than --count 50: all [23] are drawn$/m);
    expect(stdout).toMatch(/^photos: 9, without a face: 1$/m);
    expect(stdout).toMatch(/^ {2}no face found: 1$/m);
    expect([2, 3]).toContain(faces.length);
    const shown = JSON.stringify(ADA).slice(1, -1).replaceAll('\\"', '"');
    for (const { truth, predicted, nearest, photo } of faces) {
      expect([shown, AKIKO]).toContain(truth);
      expect(predicted).toBe(truth);
      expect(nearest).toMatch(/(plain|dark|small|mirrored)\.jpg$/);
      expect(nearest).not.toBe(photo);
      expect(nearest!.startsWith(truth!)).toBe(true);
    }
    expect(existsSync(join(cwd, "new", "folder.png"))).toBe(true);
  });

  it("draws from the .npz of extract", async () => {
    const extract = await runCli(["extract", "photos", ...ssd, "--no-mosaic", "-o", "faces.npz"], { cwd });
    expect(extract.code, extract.stderr).toBe(0);
    const stdout = await ok(
      "--dataset",
      "faces.npz",
      "--count",
      "2",
      "--seed",
      "3",
      "--classifier",
      "cosine",
      "-o",
      "npz.png",
    );
    expect(drawn(stdout)).toHaveLength(2);
    expect(stdout).toMatch(/^photos: 9, without a face: 1$/m);
    expect(stdout).toMatch(/^train: \d faces of 2 people; drawn: 2 of [23] test photos$/m);
  });

  it("writes into results/predictions where no file is named, which git does not look at", async () => {
    const ignored = await readFile(fileURLToPath(new URL("../../.gitignore", import.meta.url)), "utf8");
    expect(ignored).toContain("/results/predictions/\n");
    const help = await ok("--help");
    expect(help.replaceAll(/\s+/g, " ")).toContain("results/predictions/prediction-SEED.png");
  });

  it.each([
    [
      "a missing folder",
      ["--dataset", "nowhere"],
      1,
      /^facelab: cannot open dataset: nowhere \(no such file or folder\)\n$/,
    ],
    [
      "embeddings",
      ["--dataset", "embeddings.npz"],
      1,
      /^facelab: no pictures in embeddings\.npz \(it holds embeddings only; give the folder/,
    ],
    ["one person", ["--dataset", "one"], 1, /^facelab: one person only: one \(/],
    [
      "a folder to write to",
      ["-o", "photos.png"],
      1,
      /^facelab: cannot write to photos\.png \(it is a folder/,
    ],
    ["no face", ["--count", "0"], 2, /'0' is invalid\. must be an integer >= 1\./],
    ["another format", ["-o", "a.jpg"], 2, /'a\.jpg' is invalid\. must end in \.png\./],
    [
      "an unknown classifier",
      ["--classifier", "tree"],
      2,
      /'tree' is invalid\. Allowed choices are svm, cosine/,
    ],
  ])("refuses %s", async (_what, args, code, message) => {
    await mkdir(join(cwd, "photos.png"), { recursive: true });
    const refused = await run(...args);
    expect(refused.stderr).toMatch(message);
    expect(refused.code).toBe(code);
    expect(existsSync(join(cwd, "a.jpg"))).toBe(false);
  });

  itWithShared(CELEBRITIES, mtcnnManifest)(
    "draws the 25 photos that five celebrities are tested on",
    async () => {
      const stdout = await ok(
        "--dataset",
        sharedPath(CELEBRITIES),
        "--count",
        "30",
        "--seed",
        "1",
        "-o",
        "stars.png",
      );
      expect(stdout).toContain("photos: 118, without a face: 0\n");
      expect(stdout).toContain("train: 93 faces of 5 people; drawn: 25 of 25 test photos\n");
      expect(stdout).toContain("note: fewer test faces than --count 30: all 25 are drawn\n");
      const faces = drawn(stdout);
      expect(new Set(faces.map(({ photo }) => photo)).size).toBe(25);
      for (const { truth, predicted, nearest, photo } of faces) {
        expect(photo!.startsWith(join("val", truth!))).toBe(true);
        expect(nearest!.startsWith(join("train", predicted!))).toBe(true);
      }
      expect(stdout).toContain("25 of 25 drawn faces right");
    },
  );
});
