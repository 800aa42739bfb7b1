import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Detection } from "facelab";
import { describe, expect, it } from "vitest";
import { type BoxRecord, compareBoxes } from "../../src/experiments/dist/compare-detectors/boxes.js";
import { boxesTables } from "../../src/experiments/dist/compare-detectors/boxes-tables.js";
import { landmarksTable } from "../../src/experiments/dist/compare-detectors/landmarks-table.js";
import type { LfwRecord } from "../../src/experiments/dist/compare-detectors/lfw.js";
import { lfwTables } from "../../src/experiments/dist/compare-detectors/lfw-tables.js";
import { comparisonPage } from "../../src/experiments/dist/compare-detectors/page.js";
import {
  type About,
  readSections,
  writeSections,
} from "../../src/experiments/dist/compare-detectors/sections.js";
import { judgePhoto } from "../../src/experiments/dist/compare-detectors/wider.js";
import { widerPhotos } from "../../src/experiments/dist/compare-detectors/wider-photos.js";
import { widerFigure, widerTable } from "../../src/experiments/dist/compare-detectors/wider-table.js";
import { itWithShared, mtcnnManifest, mtcnnShard, sharedPath } from "../support/shared.js";
import { writeSyntheticMtcnn } from "../support/synthetic-mtcnn-weights.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { runCli } from "./run-cli.js";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

function about(sha256 = "0123456789abcdef", settings: About["settings"] = {}): About {
  const side = {
    weights: "a/b.json",
    sha256,
    thresholds: [0.6, 0.7, 0.7],
    suppression: "squares",
    overlap: 0.7,
    secondLook: false,
  };
  return { weights: { ours: side, reference: { ...side, sha256: "f".repeat(16) } }, settings };
}

function face(x: number, score: number, size = 10): Detection {
  const point = { x, y: 0 };
  return {
    box: { x, y: 0, width: size, height: size },
    score,
    landmarks: [point, point, point, point, point],
  };
}

/** The cells of the table rows that begin with some text. */
function row(markdown: string, start: string): string[] {
  const line = markdown.split("\n").find((one) => one.replaceAll(/ +/g, " ").startsWith(`| ${start}`));
  return (line ?? "")
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}

describe("compareBoxes", () => {
  it("finds sure faces of the reference, and what is beyond it", () => {
    const reference = [face(0, 0.99), face(100, 0.95), face(200, 0.8)];
    // The first is found, the second missed, the unsure third excuses ours; the last has nothing near it.
    const ours = [face(1, 0.97), face(202, 0.9), face(300, 0.75)];
    const [found, missed, extra, ...rest] = compareBoxes(ours, reference);
    expect(rest).toEqual([]);
    expect(found).toMatchObject({ kind: "face", score: 0.99, ourScore: 0.97 });
    expect(missed).toMatchObject({ kind: "face", score: 0.95, overlap: null, ourScore: null });
    expect(extra).toMatchObject({ kind: "extra", score: 0.75, nearest: 0 });
  });

  it("counts the second box on one face as extra", () => {
    const outcomes = compareBoxes([face(0, 0.9), face(1, 0.8)], [face(0, 1)]);
    expect(outcomes.filter(({ kind }) => kind === "extra")).toMatchObject([{ score: 0.8 }]);
  });
});

describe("the tables", () => {
  const place = { minFace: 20, set: "scenes", photo: "a.jpg" } as const;
  const box = { x: 1.25, y: 2, width: 30, height: 40 };
  const boxes: BoxRecord[] = [
    { ...place, kind: "photo", ours: 2, reference: 2 },
    { ...place, photo: "b.jpg", kind: "photo", ours: 0, reference: 0 },
    { ...place, kind: "face", box, score: 0.99, overlap: 0.8, ourScore: 0.9 },
    { ...place, kind: "face", box, score: 0.91, overlap: null, ourScore: null },
    { ...place, kind: "extra", box, score: 0.77, nearest: 0.1 },
  ];

  it("say recall and extra boxes of each set, and list each of them", () => {
    const text = boxesTables({ about: about(), records: boxes });
    expect(row(text, "20 | scenes")).toEqual([
      "20",
      "scenes",
      "2",
      "2",
      "1",
      "50.00",
      "9.5-90.5",
      "1",
      "0.500",
    ]);
    expect(row(text, "20 | all").slice(2)).toEqual(row(text, "20 | scenes").slice(2));
    expect(row(text.slice(text.indexOf("Missed:")), "scenes/a.jpg")).toEqual([
      "scenes/a.jpg",
      "20",
      "30 x 40 at 1,2",
      "0.910",
    ]);
    expect(row(text.slice(text.indexOf("Extra:")), "scenes/a.jpg")).toEqual([
      "scenes/a.jpg",
      "20",
      "30 x 40 at 1,2",
      "0.770",
      "0.10",
    ]);
  });

  it("say the landmarks' distances", () => {
    const records = [0.01, 0.02, 0.06].map(
      (error, i) => ({ set: "samples", photo: "a.jpg", face: i, error }) as const,
    );
    const text = landmarksTable({ about: about("0", { padding: 0 }), records });
    expect(row(text, "samples")).toEqual(["samples", "3", "2.00", "5.20"]);
    expect(text).toContain("No photo was given a border.");
  });

  it("say recall at 100 false positives, and that there were fewer", () => {
    const ours = [
      ...Array.from({ length: 120 }, (_, i) => [0.5 - i / 1000, "fff"] as const),
      [0.9, "hhh"],
      [0.395, "ihh"],
      [0.3, "iih"],
    ] as const;
    const records = [
      { photo: "a.jpg", faces: { easy: 1, medium: 2, hard: 4 }, ours, reference: [[0.8, "hii"]] },
    ] as const;
    const section = { about: about("0", { minFace: 20 }), records };
    const text = widerTable(section);
    // 0.395 lies below 105 false positives: only at a lower threshold.
    expect(row(text, "medium").slice(0, 5)).toEqual(["medium", "2", "50.00 (0.401)", "0.00* (-)", "+50.00"]);
    expect(row(text, "easy")).toEqual([
      "easy",
      "1",
      "100.00 (0.401)",
      "100.00* (0.800)",
      "0.00",
      "100.00",
      "100.00",
      "0.00",
      "120 / 0",
    ]);
    const figure = widerFigure(section);
    expect(figure.data.map(({ name }) => name)).toContain("reference, hard");
    const medium = figure.data.find(({ name }) => name === "ours, medium") as unknown as {
      x: number[];
      y: number[];
    };
    expect([medium.x.length, medium.y[0], medium.y[106]]).toEqual([121, 50, 100]);
  });

  it("say View 2 fold by fold, whether the difference is chance, and the celebrities", () => {
    const pair = (fold: number, same: boolean, ours: number, reference: number): LfwRecord => ({
      kind: "pair",
      fold,
      a: "A 1",
      b: "B 1",
      same,
      ours,
      reference,
    });
    const fold = (number: number): LfwRecord[] => [
      pair(number, true, 0.9, 0.9),
      pair(number, false, 0.1, 0.2),
    ];
    const celebrity = (side: "ours" | "reference", correct: boolean): LfwRecord => ({
      kind: "celebrity",
      side,
      classifier: "svm",
      photo: "x/1.jpg",
      answer: "x",
      correct,
    });
    const records: LfwRecord[] = [
      ...fold(1),
      ...fold(2),
      ...fold(3),
      pair(3, true, 0.8, 0.05),
      { kind: "no face", side: "ours", photo: "A 1", reason: "no face found" },
      celebrity("ours", true),
      celebrity("ours", false),
      celebrity("reference", true),
      celebrity("reference", true),
    ];
    const text = lfwTables({ about: about(), records });
    expect(row(text, "3 ")).toEqual(["3", "100.00", "66.67", "+33.33"]);
    expect(text).toContain(
      "Right with ours only: 1 pairs, with the reference only: 0; McNemar's exact test: p = 1.00.",
    );
    expect(text).toContain("ours 1 (A 1); reference 0.");
    expect(row(text, "svm")).toEqual(["svm", "2", "50.0", "100.0", "-50.0"]);
  });

  it("are kept section by section, and say which were made with other weights", async () => {
    const folder = await temporaryFolder();
    await writeSections(folder, { boxes: { about: about(), records: boxes } });
    const landmarks = { about: about("other", { padding: 0.3 }), records: [] };
    await writeSections(folder, { landmarks });
    const read = await readSections(folder);
    expect(read).toEqual({ boxes: { about: about(), records: boxes }, landmarks });
    const page = comparisonPage(read);
    expect(page).toContain("**The sections were made with different weights");
    expect(page).toMatch(/## WIDER FACE\n\nNot run yet\.\n/);
    expect(comparisonPage({ boxes: read.boxes })).not.toContain("different weights");
    await writeFile(join(folder, "lfw.json"), "{}");
    await expect(readSections(folder)).rejects.toThrow(
      /cannot read records: .*lfw\.json \(no about or no records; run /,
    );
  });
});

describe("WIDER FACE's photos", () => {
  it("are read with their boxes, each difficulty ignoring the faces of the others", async () => {
    const folder = await temporaryFolder();
    const entry = {
      file: "images/a.jpg",
      native_w: 100,
      native_h: 50,
      boxes_native_xywh: [
        [0, 0, 10, 10],
        [50, 0, 10, 10],
      ],
      idx_easy: [],
      idx_medium: [1],
      idx_hard: [0, 1],
    };
    await writeFile(join(folder, "gt.json"), JSON.stringify([entry]));
    const [photo] = await widerPhotos(folder);
    expect(photo).toMatchObject({
      name: "a.jpg",
      path: join(folder, "images/a.jpg"),
      width: 100,
      height: 50,
    });
    const found = [face(0, 0.9), face(50, 0.8), face(30, 0.7)];
    expect(judgePhoto(photo!, found)).toEqual([
      [0.9, "iih"],
      [0.8, "ihh"],
      [0.7, "fff"],
    ]);
    await expect(widerPhotos(join(folder, "nowhere"))).rejects.toThrow(/cannot read WIDER FACE's boxes: /);
  });
});

describe("facelab compare-detectors", () => {
  const shared = [mtcnnManifest, mtcnnShard, "data/tv-characters/scenes"];
  const reference = sharedPath(mtcnnManifest);

  itWithShared(...shared)("finds no difference between weights and themselves, on TV scenes", async () => {
    const cwd = await temporaryFolder();
    const env = { XDG_CACHE_HOME: join(cwd, "cache") };
    const args = ["--weights", reference, "--only", "boxes,landmarks", "--sets", "scenes", "--output", "out"];
    const { code, stdout, stderr } = await runCli(["compare-detectors", ...args], { cwd, env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const page = await readFile(join(cwd, "out/README.md"), "utf8");
    expect(stdout).toContain(page);
    const [, , photos, faces, found, recall, , extra] = row(page, "20 | all");
    expect([photos, found, recall, extra]).toEqual(["5", faces, "100.00", "0"]);
    expect(Number(faces)).toBeGreaterThan(15);
    expect(row(page, "scenes").slice(1)).toEqual([faces, "0.00", "0.00"]);
    expect(page).toContain("Missed: none.");
    expect((await readdir(join(cwd, "out"))).sort()).toEqual(["README.md", "boxes.json", "landmarks.json"]);
  });

  itWithShared(...shared)(
    "draws what untrained weights miss, and keeps the sections that it does not run",
    async () => {
      const cwd = await temporaryFolder();
      const env = { XDG_CACHE_HOME: join(cwd, "cache") };
      const weights = await writeSyntheticMtcnn(join(cwd, "untrained"));
      await mkdir(join(cwd, "out"));
      const landmarks = `{"about":${JSON.stringify(about("0", { padding: 0 }))},"records":[{"set":"scenes","photo":"a.jpg","face":0,"error":0.5}]}`;
      await writeFile(join(cwd, "out/landmarks.json"), landmarks);
      const args = [
        "--weights",
        weights,
        "--only",
        "boxes",
        "--sets",
        "scenes",
        "--output",
        "out",
        "--sheet",
        "sheet",
      ];
      const { code, stdout } = await runCli(["compare-detectors", ...args, "--no-cache"], { cwd, env });
      expect(code).toBe(0);
      expect(row(stdout, "20 | all").slice(4, 6)).toEqual(["0", "0.00"]);
      expect(row(stdout, "scenes | 1")).toEqual(["scenes", "1", "50.00", "50.00"]);
      expect(await readFile(join(cwd, "out/landmarks.json"), "utf8")).toBe(landmarks);
      expect((await readdir(join(cwd, "sheet"))).sort()).toEqual([
        "min-face-20-missed-1.png",
        "min-face-40-missed-1.png",
      ]);
    },
  );

  it("refuses before any work what cannot be used", async () => {
    const cwd = await temporaryFolder();
    const run = (...args: string[]) =>
      runCli(["compare-detectors", "--weights", "none.json", ...args], { cwd });
    expect((await run("--only", "boxes,nose")).code).toBe(2);
    expect((await run("--thresholds", "0.5,0.5")).code).toBe(2);
    const sheet = await run("--sheet", join(checkout, "results/mtcnn/sheet"));
    expect(sheet.code).toBe(1);
    expect(sheet.stderr).toContain("photos of people are never committed");
    expect((await run("--only", "landmarks", "--sheet", "x")).stderr).toContain(
      "--sheet needs the section boxes",
    );
    expect((await run("--only", "boxes", "--sets", "samples")).stderr).toContain(
      "cannot read weights: none.json",
    );
  });
});
