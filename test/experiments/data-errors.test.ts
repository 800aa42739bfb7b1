import { existsSync } from "node:fs";
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type NpyArray, writeNpz } from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";
import { writeDrawing } from "./face-photos.js";
import { runCli } from "./run-cli.js";

const nobody = 65534;
const asNobody = ["setpriv", `--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"];

describe("what cannot be used", () => {
  let cwd: string;
  const text = (data: string[]): NpyArray => ({ dtype: "unicode", shape: [data.length], data });
  const matrix = (rows: number): NpyArray => ({
    dtype: "float32",
    shape: [rows, 2],
    data: Float32Array.from({ length: 2 * rows }, (_, i) => i),
  });

  beforeAll(async () => {
    cwd = await temporaryFolder();
    const file = (name: string, content: string | Uint8Array) => writeFile(join(cwd, name), content);
    await mkdir(join(cwd, "empty"));
    await mkdir(join(cwd, "nobody in it", "Ada"), { recursive: true });
    await file("notes.txt", "no photo");
    // Only listed, never decoded: the errors must come before that.
    for (const name of [
      "one/Ada/1.jpg",
      "one/Ada/2.jpg",
      "two/Ada/1.jpg",
      "two/Björn/1.jpg",
      "loose/1.jpg",
      "part/Ada/Ada_0001.jpg",
    ]) {
      await mkdir(join(cwd, name, ".."), { recursive: true });
      await file(name, "no photo");
    }
    for (const [person, colours] of [
      ["Ada", ["green", "blue"]],
      ["Björn", ["red", "orange"]],
    ] as const) {
      for (const colour of colours) {
        await writeDrawing(join(cwd, "drawings", person, `${colour}.png`), colour);
      }
    }
    const good = {
      trainX: matrix(4),
      trainy: text(["a", "b", "a", "b"]),
      testX: matrix(1),
      testy: text(["a"]),
    };
    await writeNpz(join(cwd, "good.npz"), good);
    const bytes = await readFile(join(cwd, "good.npz"));
    await file("cut off.npz", bytes.subarray(0, bytes.length / 2));
    const flipped = Uint8Array.from(bytes);
    flipped[50] = 255 - flipped[50]!;
    await file("flipped.npz", flipped);
    await file(
      "garbage.npz",
      Uint8Array.from({ length: 3000 }, (_, i) => (i * i * 7) % 251),
    );
    await writeNpz(join(cwd, "other.npz"), { weights: matrix(3) });
    await writeNpz(join(cwd, "short.npz"), { ...good, trainy: text(["a", "b"]) });
    await writeNpz(join(cwd, "half LFW.npz"), { embeddings: matrix(3) });
    await writeNpz(join(cwd, "one person.npz"), { ...good, trainy: text(["a", "a", "a", "a"]) });
    await file("not weights.json", "[1, 2");
  });

  it.concurrent.each<[string, string[], RegExp, Record<string, string>?]>([
    ["a missing folder", ["eval", "--dataset", "nowhere"], /^cannot open dataset: nowhere \(no such file/],
    [
      "an empty folder",
      ["eval", "--dataset", "empty"],
      /^empty folder: empty \(expected one folder per person/,
    ],
    ["people without photos", ["eval", "--dataset", "nobody in it"], /^no people with photos: nobody in it /],
    ["photos of nobody", ["eval", "--dataset", "loose"], /^photos without a person: loose \(1 photos/],
    ["one person", ["eval", "--dataset", "one"], /^one person only: one \(.*two people\)/],
    ["one person's file", ["eval", "--dataset", "one person.npz"], /^one person only: one person\.npz /],
    [
      "a photo each",
      ["eval", "--dataset", "two", "--detector", "ssd"],
      /^no photo with a face: two \(2 photos/,
    ],
    ["fewer people", ["eval", "--dataset", "two", "--people", "5"], /^too few people: 2 of 2 .*need 5/],
    [
      "fewer photos",
      ["eval", "--dataset", "two", "--min-photos", "3"],
      /^no people with 3 or more photos: two /,
    ],
    ["a text", ["eval", "--dataset", "notes.txt"], /^cannot open dataset: notes\.txt \(neither a folder/],
    ["half a file", ["eval", "--dataset", "cut off.npz"], /^cannot read npz: cut off\.npz /],
    ["a damaged file", ["eval", "--dataset", "flipped.npz"], /^cannot read npz: flipped\.npz /],
    ["garbage", ["eval", "--dataset", "garbage.npz"], /^cannot open dataset: garbage\.npz \(neither/],
    ["other arrays", ["eval", "--dataset", "other.npz"], /^other\.npz has no array trainX \(is it the right/],
    [
      "missing labels",
      ["eval", "--dataset", "short.npz"],
      /^short\.npz: trainy is unicode 2 \(expected unicode 4\)/,
    ],
    ["LFW without names", ["eval", "--dataset", "half LFW.npz"], /^half LFW\.npz has no array names /],
    [
      "a part of LFW",
      ["build-lfw", "--lfw", "part", "-o", "no part.npz"],
      /^part holds 1 photos \(all of LFW are 13233; --allow-part takes these\)/,
    ],
    [
      "a part of LFW in place of all",
      ["build-lfw", "--lfw", "part", "--allow-part"],
      /lfw-embeddings\.npz is of all of LFW \(give --allow-part another --output\)/,
    ],
    [
      "a part of LFW without a face",
      ["build-lfw", "--lfw", "part", "--allow-part", "--detector", "ssd", "-o", "no face.npz"],
      /^no face found in any of 1 photos, as part/,
    ],
    ["embedding embeddings", ["embed", "good.npz"], /^good\.npz has no array trainChips /],
    ["extracting a file", ["extract", "good.npz"], /^not a folder: good\.npz /],
    [
      "missing weights",
      ["eval", "--dataset", "two", "--weights", "nope.json"],
      /^cannot read weights: nope\.json /,
    ],
    [
      "bad weights",
      ["eval", "--dataset", "two", "--weights", "not weights.json"],
      /not weights\.json \(not JSON\)/,
    ],
    [
      "a wrong FACELAB_MODELS",
      ["eval", "--dataset", "two", "--weights", "mtcnn-reference"],
      /^FACELAB_MODELS names a folder that does not exist: \/nonexistent /,
      { FACELAB_MODELS: "/nonexistent" },
    ],
    [
      "a file as output",
      ["eval", "--dataset", "good.npz", "--output", "notes.txt"],
      /to notes\.txt \(it is a file/,
    ],
    [
      "an output below a file",
      ["extract", "two", "-o", "notes.txt/x.npz"],
      /^cannot write to notes\.txt\/x\.npz /,
    ],
    ["a folder as output", ["extract", "two", "-o", "empty"], /^cannot write to empty \(it is a folder/],
  ])("is %s: one line on stderr and exit code 1", async (_, args, message, env) => {
    const [command = "", ...rest] = args;
    const output = command === "eval" ? ["--output", "runs"] : [];
    const run = await runCli([command, ...output, ...rest], { cwd, env });
    expect(run.stderr).toMatch(/^facelab: [^\n]+\n$/);
    expect(run.stderr.slice("facelab: ".length)).toMatch(message);
    expect(run.code).toBe(1);
  });

  it("is drawings: each photo is listed, and nothing is written", async () => {
    const commands = [
      ["eval", "--dataset", "drawings", "--detector", "ssd", "--output", "no runs"],
      ["extract", "drawings", "--detector", "ssd", "-o", "no faces.npz"],
    ];
    for (const run of await Promise.all(commands.map((args) => runCli(args, { cwd })))) {
      expect(run).toMatchObject({
        code: 1,
        stderr: "facelab: no photo with a face: drawings (4 photos looked at)\n",
      });
      expect(run.stdout).toContain("photos: 4, without a face: 4\n");
      expect(run.stdout).toContain(
        `${join("drawings", "Björn", "red.png")}: no face found (200 x 160 pixels)\n`,
      );
    }
    const left = (await readdir(cwd)).filter((name) => name.startsWith("no ") || name.endsWith(".tmp"));
    expect(left).toEqual([]);
    expect(existsSync(join(cwd, "runs"))).toBe(false);
  });

  it("is a folder that may not be read", async ({ skip }) => {
    const locked = join(cwd, "locked");
    await mkdir(locked);
    await mkdir(join(cwd, "open"));
    await chmod(join(cwd, "open"), 0o777);
    await chmod(cwd, 0o755);
    await chmod(locked, 0o000);
    // Root reads everything; the child then runs as nobody, where this machine lets it.
    const through = process.getuid?.() === 0 ? asNobody : [];
    const probe = await runCli(["--version"], { cwd, through }).catch(() => ({ code: null }));
    if (process.platform === "win32" || probe.code !== 0) {
      const line = "skipped: a folder that may not be read (needs a user other than root, or setpriv)";
      console.warn(line);
      skip(line);
    }
    const run = await runCli(["eval", "--dataset", "locked", "--output", "open"], { cwd, through });
    await chmod(locked, 0o755);
    expect(run.stderr).toMatch(/^facelab: cannot read folder: locked \(permission denied; [^\n]+\n$/);
    expect(run.code).toBe(1);
  });
});
