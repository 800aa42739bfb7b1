import { spawnSync } from "node:child_process";
import { cp, mkdir } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { registerKernel } from "../../src/experiments/dist/notebooks/kernel-spec.js";
import {
  type Notebook,
  readNotebook,
  textOf,
  writeNotebook,
} from "../../src/experiments/dist/notebooks/notebook-file.js";
import { otherPython } from "../../src/experiments/dist/notebooks/python.js";
import { stripSolutions } from "../../src/experiments/dist/notebooks/strip-solutions.js";
import { itWithJupyter } from "../support/shared.js";
import { courseFolder } from "./course-folder.js";

const notebooks = fileURLToPath(new URL("../../notebooks/", import.meta.url));

/** Points of a student in nbgrader's own gradebook. */
const POINTS = `
import sys
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    print(*[book.find_submission("facelab", name).score for name in sys.argv[1:]])
`;

/** The first exercise of notebook 06 and what it needs, twice: the second one is to be graded after the first has failed. */
async function shortNotebook(): Promise<Notebook> {
  const whole = await readNotebook(join(notebooks, "solutions/06-svm.ipynb"));
  const opening = whole.cells.filter(({ source }) => textOf(source).includes("await openEmbeddings("));
  const exercise = whole.cells.filter(({ metadata }) => JSON.stringify(metadata).includes("06-1"));
  const again = exercise.map((cell): typeof cell =>
    JSON.parse(
      JSON.stringify(cell)
        .replaceAll("06-1", "06-1b")
        .replace(/"id":"[^"]*"/, `"id":"${cell.id}b"`),
    ),
  );
  expect([opening.length, exercise.length]).toEqual([1, 2]);
  return { ...whole, cells: [...opening, ...exercise, ...again] };
}

itWithJupyter()(
  "nbgrader strips the solutions as we do, gives a stub nothing and a solution full marks",
  async (python) => {
    const { prefix } = otherPython(python);
    await registerKernel({ executable: python, prefix });
    const course = await courseFolder();
    const at = (...names: string[]) => join(course, ...names, "facelab");
    const nbgrader = (...options: string[]) => {
      const { status, stderr } = spawnSync(python, ["-m", "nbgrader", ...options], {
        ...{ cwd: course, encoding: "utf8" },
        env: {
          ...process.env,
          PATH: `${dirname(python)}${delimiter}${process.env.PATH}`,
          JUPYTER_PATH: join(prefix, "share", "jupyter"),
        },
      });
      expect({ status, stderr }).toMatchObject({ status: 0 });
    };
    await cp(join(notebooks, "nbgrader_config.py"), join(course, "nbgrader_config.py"));
    await mkdir(at("source"), { recursive: true });
    const solved = await shortNotebook();
    await writeNotebook(join(at("source"), "06-svm.ipynb"), solved);
    nbgrader("generate_assignment", "facelab", "--create");

    const released = await readNotebook(join(at("release"), "06-svm.ipynb"));
    const sources = ({ cells }: Notebook) => cells.map(({ source }) => textOf(source));
    expect(sources(released)).toEqual(sources(stripSolutions(solved)));

    await cp(at("release"), at("submitted", "stub"), { recursive: true });
    await mkdir(at("submitted", "solution"), { recursive: true });
    const answers = released.cells.map((cell, i) => ({ ...cell, source: solved.cells[i]!.source }));
    await writeNotebook(join(at("submitted", "solution"), "06-svm.ipynb"), { ...released, cells: answers });
    nbgrader("autograde", "facelab", "--create");
    const { stdout, stderr } = spawnSync(python, ["-c", POINTS, "stub", "solution"], {
      cwd: course,
      encoding: "utf8",
    });
    expect({ points: stdout.trim(), stderr }).toMatchObject({ points: "0.0 2.0" });
  },
  180_000,
);
