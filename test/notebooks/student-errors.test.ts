import { spawnSync } from "node:child_process";
import { cp, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { samplePhotoPaths } from "facelab";
import { expect } from "vitest";
import { registerKernel } from "../../src/experiments/dist/notebooks/kernel-spec.js";
import {
  type Cell,
  readNotebook,
  textOf,
  writeNotebook,
} from "../../src/experiments/dist/notebooks/notebook-file.js";
import { otherPython } from "../../src/experiments/dist/notebooks/python.js";
import { itWithJupyter } from "../support/shared.js";
import { courseFolder, notebookOf } from "./course-folder.js";

const config = fileURLToPath(new URL("patient_config.py", import.meta.url));

/** What a cell has said, of an error its message only: about it stands where it happened. */
const said = ({ outputs = [] }: Cell): string[] =>
  outputs.map(({ name, text }) => {
    const lines = textOf(text).trim().split("\n");
    return `${name}: ${lines.find((line) => /^\w*Error: /.test(line)) ?? lines[0]}`;
  });

itWithJupyter()(
  "a student's mistakes are told in words that help, and the kernel goes on",
  async (executable) => {
    const python = otherPython(executable);
    await registerKernel(python);
    const folder = await courseFolder();
    await mkdir(join(folder, "alone/me"), { recursive: true });
    await cp(samplePhotoPaths()[0]!, join(folder, "alone/me/1.jpg"));
    const path = join(folder, "mistakes.ipynb");
    await writeNotebook(
      path,
      notebookOf(
        'await check("06.1", 1);',
        'import { check, linearSvm, openEmbeddings, openPhotos, show } from "facelab";',
        'await check("06.1", 1);',
        'const { train, random } = await openEmbeddings("no-such-folder");',
        'await openEmbeddings("alone");',
        'const lesson = await openEmbeddings("");',
        'const model = await linearSvm({ c: "ten" }).fit(lesson.train, lesson.random);',
        "const svm = await linearSvm({ c: 1 }).fit(lesson.train.slice(0, 40), lesson.random);",
        "svm.predict(new Float32Array(64));",
        "await show(42 as unknown as []);",
        "svm.labels.length",
      ),
    );
    const options = ["--to", "notebook", "--execute", "--inplace", `--config=${config}`];
    const { status, stderr } = spawnSync(executable, ["-m", "nbconvert", ...options, "mistakes.ipynb"], {
      ...{ cwd: folder, encoding: "utf8" },
      env: { ...process.env, JUPYTER_PATH: join(python.prefix, "share", "jupyter") },
    });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    const { cells } = await readNotebook(path);
    expect(cells.map(said)).toEqual([
      ["stderr: 1:7 - Cannot find name 'check'."],
      [],
      ["stderr: InputError: no data yet (run the first cell, which calls openEmbeddings)"],
      ["stderr: InputError: cannot open dataset: no-such-folder (no such file or folder)"],
      ["stderr: InputError: one person only: alone (a comparison needs at least two people)"],
      ["stdout: 62 people: 868 faces to learn from, 372 to test on"],
      [`stderr: 1:33 - Type '"ten"' is not assignable to type 'number | "search"'.`],
      [],
      ["stderr: InputError: invalid embedding: length 64 (must be 128)"],
      [
        "stderr: InputError: cannot show: number (must be a frame, a table, a figure, a photo or rows of faces; console.log prints the rest)",
      ],
      ["stdout: 3"],
    ]);
  },
  180_000,
);
