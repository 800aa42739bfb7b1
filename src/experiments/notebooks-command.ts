import { existsSync } from "node:fs";
import type { Command } from "commander";
import { InputError } from "facelab";
import { cleanNotebook, withoutOutputs } from "./notebooks/clean-notebook.js";
import { executeNotebook } from "./notebooks/execute-notebook.js";
import { computedTable, promisedTable, withPromisedTable } from "./notebooks/expected-table.js";
import { judgeNotebook } from "./notebooks/judge-notebook.js";
import { registerKernel } from "./notebooks/kernel-spec.js";
import { type Notebook, readNotebook, writeNotebook } from "./notebooks/notebook-file.js";
import { type NotebookPaths, notebookPaths } from "./notebooks/notebook-paths.js";
import { type JupyterPython, otherPython, ownPython } from "./notebooks/python.js";
import { stripSolutions } from "./notebooks/strip-solutions.js";

interface NotebooksOptions {
  readonly python?: string;
  readonly save: boolean;
}

/** `facelab notebooks` and `facelab clean-notebooks`. */
export function addNotebooksCommands(program: Command): void {
  program
    .command("notebooks")
    .argument("[numbers...]", "such as 06 (default: all)")
    .description(
      "execute notebooks and their solutions without a browser; fails on an error, a line on stderr or a slow cell",
    )
    .option("--python <file>", "a Python that has JupyterLab already, instead of .venv")
    .option("--save", "make the students' notebooks from those with solutions, and keep their outputs", false)
    .action(async (numbers: string[], options: NotebooksOptions) => {
      const paths = await notebookPaths(numbers);
      const python =
        options.python === undefined ? await ownPython(console.log) : otherPython(options.python);
      await registerKernel(python);
      let failed = 0;
      for (const one of paths) {
        // A wrong solution is an error, as for a grader.
        const solved = await run(one.solution, python, options.save, { FACELAB_GRADING: "1" });
        if (solved === undefined) failed++;
        else if (options.save) await writeBoth(one, solved);
        const executed = existsSync(one.student) ? await run(one.student, python, false, {}) : undefined;
        if (executed === undefined) failed++;
        else if (options.save) await writeNotebook(one.student, cleanNotebook(executed));
      }
      if (failed > 0) throw new InputError(`${failed} of ${2 * paths.length} notebooks failed, see above`);
    });
  program
    .command("clean-notebooks")
    .description("make the notebooks fit for git: no pictures of photos, no times; solutions without outputs")
    .action(async () => {
      for (const paths of await notebookPaths()) await clean(paths);
    });
}

/** @returns the executed notebook, or undefined where something is wrong with it, which was said. */
async function run(
  path: string,
  python: JupyterPython,
  anyTable: boolean,
  environment: Readonly<Record<string, string>>,
): Promise<Notebook | undefined> {
  const name = path.replace(/.*notebooks[\\/]/, "");
  const start = performance.now();
  const executed = await executeNotebook(path, python, environment);
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  if (executed.kind === "failed") {
    console.log(`${name}: failed after ${seconds} s\n${executed.reason}`);
    return undefined;
  }
  const { complaints: found, slowest } = judgeNotebook(executed.notebook);
  const complaints = anyTable ? found : [...found, ...tableComplaints(executed.notebook)];
  console.log(`${name}: ${seconds} s, slowest cell ${slowest.cell} with ${slowest.seconds.toFixed(1)} s`);
  for (const complaint of complaints) console.log(`  ${complaint}`);
  return complaints.length === 0 ? executed.notebook : undefined;
}

/** What a notebook promises has to come out; with photos of one's own another table does. */
function tableComplaints(notebook: Notebook): string[] {
  if (process.env.FACELAB_DATASET) return [];
  const [promised, computed] = [promisedTable(notebook), computedTable(notebook)];
  if (promised !== undefined && promised === computed) return [];
  return [
    `the first cell promises\n${promised}\n  and this came out\n${computed}\n  (npm run notebooks -- --save puts it there)`,
  ];
}

async function writeBoth({ solution, student }: NotebookPaths, executed: Notebook): Promise<void> {
  const solved = withPromisedTable(withoutOutputs(executed), computedTable(executed) ?? "EXPECTED");
  await writeNotebook(solution, solved);
  await writeNotebook(student, stripSolutions(solved));
}

async function clean({ student, solution }: NotebookPaths): Promise<void> {
  await writeNotebook(student, cleanNotebook(await readNotebook(student)));
  await writeNotebook(solution, withoutOutputs(await readNotebook(solution)));
}
