import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  createRandom,
  decodeImage,
  encodeFolder,
  type FacePipeline,
  facePipeline,
  readNpz,
  readRecogniser,
  recognisePhoto,
  saveModel,
  trainRecogniser,
} from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { parseCsv } from "../evaluation/parse-csv.js";
import { samplePath } from "../support/sample-photos.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { writeDrawing, writeFacePhoto } from "./face-photos.js";
import { type CliRun, runCli } from "./run-cli.js";

/** What folders may be called and terminals, CSV and markup trip over. */
const LEFT = '=1+1, "x"\n\u001b[31m<script>';
const MIDDLE = "__proto__";
const RIGHT = "明子 🧑‍🚀";
const ssd = ["--detector", "ssd"];

// A second or two each on an idle machine, but the networks load anew in each process.
describe("who is this?", { timeout: 180_000 }, () => {
  let cwd: string;
  let pipeline: FacePipeline;
  const at = (...names: string[]): string => join(cwd, ...names);
  const ok = async (...args: string[]): Promise<string> => {
    const run = await runCli(args, { cwd });
    expect(run.code, run.stderr).toBe(0);
    expect(run.stderr).toBe("");
    return run.stdout;
  };
  const fails = async (...args: string[]): Promise<CliRun> => {
    const run = await runCli(args, { cwd });
    expect(run.code, run.stdout).toBe(1);
    expect(run.stderr).toMatch(/^facelab: [^\n]+\n$/);
    return run;
  };

  beforeAll(async () => {
    cwd = await temporaryFolder();
    for (const [label, who] of [
      [LEFT, "left"],
      [MIDDLE, "middle"],
    ] as const) {
      for (const variant of ["plain", "dark", "small"] as const) {
        await writeFacePhoto(at("people", label, `${variant}.jpg`), who, variant);
      }
    }
    await writeFacePhoto(at("people", RIGHT, "once.png"), "right", "plain");
    await writeDrawing(at("people", MIDDLE, "drawing.png"), "red");
    await mkdir(at("album", "deeper"), { recursive: true });
    await mkdir(at("other"));
    await copyFile(samplePath("sample1.jpg"), at("album", "lunch.jpg"));
    await copyFile(samplePath("sample6.jpg"), at("other", "Lunch.jpg"));
    await writeDrawing(at("album", "none.png"), "blue");
    await writeFile(at("album", "broken.jpg"), "no photo");
    await writeFile(at("album", "notes.txt"), "no photo");
    pipeline = await facePipeline({ detector: "ssd" });

    const trained = await ok("train", "people", ...ssd, "-o", join("models", "svm.json"));
    expect(trained).toContain("photos: 8, without a face: 1\n");
    expect(trained).toContain("people: 3\n");
    expect(trained).toContain(`\n  =1+1, "x"\\u{a}\\u{1b}[31m<script>: 3 faces\n`);
    expect(trained).toContain(`\n  ${MIDDLE}: 3 faces, 1 without a face\n`);
    expect(trained).toContain(`\n  ${RIGHT}: 1 face\n`);
    expect(trained).toContain(
      `note: with one photo, so that the threshold is from the others' photos alone: ${RIGHT}\n`,
    );
    expect(trained).toMatch(/\nclassifier: svm \(c .*\nnamed from a cosine similarity of 0\.\d{3} on /);
    expect(trained).toContain(`model: ${join("models", "svm.json")} (`);
  }, 180_000);

  it("is answered in another process as in this one, for every face of every photo", async () => {
    const model = ["--model", join("models", "svm.json")];
    const files = [
      "--json",
      join("out", "a.json"),
      "--csv",
      join("out", "a.csv"),
      "-o",
      join("out", "pictures"),
    ];
    const photos = ["album", join("other", "Lunch.jpg"), join("album", "lunch.jpg")];
    const stdout = await ok("recognise", ...photos, ...model, ...ssd, "--threshold", "0.95", ...files);

    const { set } = await encodeFolder(at("people"), { pipeline });
    const recogniser = await trainRecogniser(set, { random: createRandom(0) });
    expect((await readRecogniser(at("models", "svm.json"), { embedder: pipeline.embedder })).gallery).toEqual(
      recogniser.gallery,
    );
    const json = JSON.parse(await readFile(at("out", "a.json"), "utf8"));
    const paths = ["broken.jpg", "lunch.jpg", "none.png"].map((name) => join("album", name));
    expect(json.map(({ photo }: { photo: string }) => photo)).toEqual([...paths, join("other", "Lunch.jpg")]);
    for (const entry of json) {
      const here = await recognisePhoto(at(entry.photo), { recogniser, pipeline, minCosine: 0.95 });
      if (here.kind === "none") {
        expect(entry).toMatchObject({ reason: here.reason, faces: [], picture: null });
        continue;
      }
      expect(entry).toMatchObject({ width: here.width, height: here.height, reason: null });
      const { image } = here;
      const picture = await decodeImage(at(entry.picture));
      expect([picture.width, picture.height]).toEqual([image.width, image.height]);
      expect(Buffer.compare(picture.data, image.data)).not.toBe(0);
      expect(entry.faces).toEqual(
        here.faces.map(({ identity, ...face }) => ({
          ...face,
          answer: identity.kind,
          name: identity.kind === "person" ? identity.label : null,
        })),
      );
    }
    const names = json[1].faces.map(({ name }: { name: string | null }) => name);
    expect(names).toEqual(expect.arrayContaining([LEFT, MIDDLE]));
    expect(json[3].faces.length).toBeGreaterThan(1);
    expect(json[3].faces.map(({ name }: { name: string | null }) => name)).toEqual(
      json[3].faces.map(() => null),
    );

    const rows = parseCsv(await readFile(at("out", "a.csv"), "utf8"));
    expect(rows).toHaveLength(2 + json[1].faces.length + json[3].faces.length);
    expect(rows.filter(({ photo }) => photo === paths[1]).map(({ name }) => name || null)).toEqual(names);
    expect(rows.map(({ reason }) => reason).filter(Boolean)).toEqual(["unreadable", "no face found"]);

    // Not one over the other, on any disk.
    const pictures = await readdir(at("out", "pictures"));
    expect(pictures.toSorted()).toEqual(["Lunch-2.recognised.png", "lunch.recognised.png"]);
    const lines = stdout.split("\n");
    expect(lines).toContain(
      `cannot read photo: ${paths[0]} (Input buffer contains unsupported image format)`,
    );
    expect(lines).toContain(`${paths[2]}: no face found (200 x 160 pixels)`);
    expect(lines).toContain(`    ${join("album", "notes.txt")}: not a photo`);
    expect(lines).toContain(`    ${join("album", "deeper")}: folder inside of a folder of photos`);
    expect(lines).toContain(`pictures: ${join("out", "pictures")} (2 of 4 photos)`);
    const faces = lines.filter((line) => line.includes(", distance "));
    expect(faces).toHaveLength(json[1].faces.length + json[3].faces.length);
    for (const line of faces) {
      expect(line).toMatch(/^\S+: (.* \d+ %|unknown), distance \d\.\d\d, at -?\d+,-?\d+ \d+x\d+$/);
    }
    expect(stdout).not.toContain("\u001b");
  });

  it("starts from a .npz of encode as from the photos", async () => {
    const stdout = await ok("encode", "people", ...ssd);
    expect(stdout).toContain("photos: 8, without a face: 1\n  no face found: 1\n");
    expect(stdout).toContain("encodings: encodings.npz (7 faces of 3 people)\n");
    expect((await readNpz(at("encodings.npz"))).X).toMatchObject({ dtype: "float32", shape: [7, 128] });
    await ok("train", "encodings.npz", "-o", "again.json");
    expect(await readFile(at("again.json"), "utf8")).toBe(await readFile(at("models", "svm.json"), "utf8"));
    const table = await ok(
      "eval",
      "--dataset",
      "encodings.npz",
      "--classifiers",
      "knn",
      "--repeats",
      "1",
      "--output",
      "runs",
    );
    expect(table).toContain("photos: 8, without a face: 1\n");
  });

  it("is refused with a model that does not fit, was cut short or edited, or has no gallery", async () => {
    const text = await readFile(at("models", "svm.json"), "utf8");
    const recogniser = await readRecogniser(at("models", "svm.json"));
    const broken: Record<string, [string, RegExp]> = {
      "cut.json": [text.slice(0, 5000), /cut\.json \(not JSON: truncated, or not a model\)/],
      "edited.json": [text.replace(MIDDLE, "_proto___"), /edited\.json \(.* its sha256 differs\)/],
      "other.json": ["{}", /other\.json \(not a model of facelab\)/],
    };
    for (const [name, [content, message]] of Object.entries(broken)) {
      await writeFile(at(name), content);
      const run = await fails("recognise", join("album", "lunch.jpg"), "--model", name, ...ssd);
      expect(run.stderr).toMatch(message);
    }
    await saveModel(at("plain.json"), recogniser.model, { embedder: recogniser.embedder });
    await saveModel(at("sface.json"), recogniser.model, { embedder: { name: "sface", sha256: "ab" } });
    for (const [name, message] of [
      [
        "plain.json",
        /plain\.json \(made by saveModel without a gallery; train it again with facelab train\)/,
      ],
      ["sface.json", /sface\.json \(fitted on another embedder: sface \(expected dlib; train it again\)\)/],
      ["missing.json", /missing\.json \(there is no such file\)/],
    ] as const) {
      expect((await fails("recognise", "album", "--model", name, ...ssd)).stderr).toMatch(message);
    }
    expect((await readdir(cwd)).includes("recognised")).toBe(false);
  });

  it("has no answer where no photo can be read; a photo without a face is one", async () => {
    const model = ["--model", join("models", "svm.json"), ...ssd];
    const none = await ok("recognise", join("album", "none.png"), ...model);
    expect(none).toBe(`${join("album", "none.png")}: no face found (200 x 160 pixels)\n`);
    const run = await fails(
      "recognise",
      join("album", "broken.jpg"),
      "nowhere.jpg",
      ...model,
      "--csv",
      "bad.csv",
    );
    expect(run.stderr).toBe("facelab: no photo could be read (2 tried)\n");
    expect(parseCsv(await readFile(at("bad.csv"), "utf8"))).toHaveLength(2);
    const empty = await fails("recognise", join("album", "deeper"), ...model);
    expect(empty.stderr).toBe(`facelab: no photos: ${join("album", "deeper")}\n`);
    const blocked = await fails("recognise", "album", ...model, "--json", "album");
    expect(blocked.stderr).toContain("cannot write to album (it is a folder; give another --json)");
  });

  it("is not learned from one person, nor from numbers of an unknown origin", async () => {
    await mkdir(at("one"));
    await writeFacePhoto(at("one", "Ada", "1.jpg"), "left", "plain");
    expect((await fails("train", "one", ...ssd)).stderr).toContain("one person only: one (");
    await writeDrawing(at("one", "Björn", "1.png"), "red");
    expect((await fails("train", "one", ...ssd)).stderr).toBe(
      "facelab: too few people with a face: 1 in one (must be at least two)\n",
    );
    expect((await fails("train", "people", "--part", "train", ...ssd)).stderr).toContain(
      "no train part: people (",
    );
  });

  it("verifies two photos: one line for the verdict, then the numbers, or JSON", async () => {
    const photo = (label: string, name: string): string => join("people", label, name);
    const same = await ok("verify", photo(LEFT, "plain.jpg"), photo(LEFT, "small.jpg"), ...ssd);
    expect(same).toMatch(
      /^same person\ncosine similarity 0\.9\d{3}, distance 0\.\d\d\nthreshold: similarity >= 0\.9136 \(FAR 1 %, FRR 1\.4 %\)\nstricter: .*: passed\n\(View 1 of LFW: .*\)\n$/,
    );
    const args = ["verify", photo(LEFT, "plain.jpg"), photo(MIDDLE, "plain.jpg"), ...ssd];
    const json = JSON.parse(await ok(...args, "--json"));
    expect(json).toMatchObject({
      photos: args.slice(1, 3),
      verdict: "different people",
      minCosine: 0.9136,
      rates: { falseAcceptRate: 0.01 },
    });
    expect(json.distance).toBeCloseTo(Math.sqrt(2 - 2 * json.similarity), 9);
    expect(await ok(...args, "--threshold", "-1")).toMatch(
      /^same person\n.*\nthreshold: similarity >= -1 \(given; /,
    );
    const none = await fails("verify", photo(LEFT, "plain.jpg"), join("album", "none.png"), ...ssd);
    expect(none.stderr).toBe(`facelab: no face found: ${join("album", "none.png")} (200 x 160 pixels)\n`);
  });
});
