import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "facelab";
import { describe, expect, it } from "vitest";
import { cleanNotebook, withoutOutputs } from "../../src/experiments/dist/notebooks/clean-notebook.js";
import {
  computedTable,
  promisedTable,
  withPromisedTable,
} from "../../src/experiments/dist/notebooks/expected-table.js";
import { judgeNotebook } from "../../src/experiments/dist/notebooks/judge-notebook.js";
import {
  type Cell,
  type Notebook,
  type Output,
  readNotebook,
  textOf,
  writeNotebook,
} from "../../src/experiments/dist/notebooks/notebook-file.js";
import { stripSolutions } from "../../src/experiments/dist/notebooks/strip-solutions.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const code = (source: string, outputs: Output[] = [], metadata: Cell["metadata"] = {}): Cell => ({
  ...{ id: "c", cell_type: "code", source, outputs, metadata, execution_count: 3 },
});
const text = (source: string): Cell => ({ id: "t", cell_type: "markdown", source, metadata: {} });
const notebook = (...cells: Cell[]): Notebook => ({
  ...{ nbformat: 4, nbformat_minor: 5, cells },
  metadata: { kernelspec: { name: "tslab" }, language_info: { name: "typescript" }, widgets: {} },
});
const shown = (data: Output["data"], metadata: Output["metadata"] = {}): Output => ({
  ...{ output_type: "display_data", data, metadata },
});

describe("a notebook that is cleaned for git", () => {
  const outputs = (...before: Output[]) => cleanNotebook(notebook(code("x", before))).cells[0]!.outputs;

  it("keeps charts, tables and text", () => {
    const chart = shown({ "image/png": "AAAA", "text/plain": "[figure]" }, { facelab: { picture: "chart" } });
    const table = shown({ "text/html": "<table><tr><td>1</td></tr></table>", "text/plain": "| 1 |" });
    const line: Output = { output_type: "stream", name: "stdout", text: "62 people\n" };
    expect(outputs(chart, table, line)).toEqual([chart, table, line]);
  });

  it("leaves a line of text of photos, and of any picture that nobody vouches for", () => {
    const photo = shown(
      { "image/png": "AAAA", "text/plain": "[photo; run the cell]" },
      { facelab: { picture: "photo" } },
    );
    expect(outputs(photo)![0]!.data).toEqual({ "text/plain": "[photo; run the cell]" });
    const removed = { "text/plain": "[a picture that is not kept; run the cell to see it]" };
    expect(outputs(shown({ "image/jpeg": "AAAA" }))![0]!.data).toEqual(removed);
    const html = '<b>me</b><IMG src="data:image/png;base64,AAAA">';
    expect(JSON.stringify(outputs(shown({ "text/html": html })))).not.toContain("AAAA");
  });

  it("has no counts, times and settings of a machine, and stays the same when cleaned again", () => {
    const times = { "iopub.status.busy": "2026-11-27T13:00:00Z" };
    const once = cleanNotebook(
      notebook(
        code("x", [], { execution: times, tags: ["expected"], scrolled: true, nbgrader: { points: 1 } }),
      ),
    );
    expect(once.metadata).toEqual({ kernelspec: { name: "tslab" }, language_info: { name: "typescript" } });
    expect(once.cells[0]).toMatchObject({ execution_count: null });
    expect(once.cells[0]!.metadata).toEqual({ tags: ["expected"], nbgrader: { points: 1 } });
    expect(cleanNotebook(once)).toEqual(once);
  });

  it("has no outputs at all where it is a solution", () => {
    const line: Output = { output_type: "stream", name: "stdout", text: "0.98\n" };
    expect(
      withoutOutputs(notebook(text("# A"), code("x", [line]))).cells.map(({ outputs }) => outputs),
    ).toEqual([undefined, []]);
  });
});

describe("solutions", () => {
  it("are taken out for students, and nothing else", () => {
    const solved = "let a = 1;\n// BEGIN SOLUTION\nconst answer = a;\n// END SOLUTION\nconsole.log(a);";
    const [first, second] = stripSolutions(notebook(code(solved), code("check"))).cells;
    expect(textOf(first!.source)).toBe(
      "let a = 1;\n// your code\nconst answer = undefined;\nconsole.log(a);",
    );
    expect(second).toEqual(code("check"));
  });

  it.each(["// BEGIN SOLUTION\nconst answer = 1;", "const answer = 1;\n// END SOLUTION"])(
    "must be whole: %j",
    (source) => {
      expect(() => stripSolutions(notebook(code(source)))).toThrow(/^unfinished solution in cell c /);
    },
  );
});

describe("the promised table", () => {
  const table = "| a | b |\n| - | - |\n| 1 | 2 |";
  const computing = code("show", [shown({ "text/html": "<table>", "text/plain": table })], {
    tags: ["expected"],
  });

  it("is the one in the first cell, and what the tagged cell shows is computed", () => {
    const both = notebook(text(`# A\n\n${table}\n\nmore | less\n`), computing);
    expect(promisedTable(both)).toBe(table);
    expect(computedTable(both)).toBe(table);
    expect(computedTable(notebook(text("# A"), code("x")))).toBeUndefined();
  });

  it("is put where the old one or EXPECTED stood", () => {
    const put = (source: string) => textOf(withPromisedTable(notebook(text(source)), table).cells[0]!.source);
    expect(put("# A\n\nEXPECTED\n\nmore")).toBe(`# A\n\n${table}\n\nmore`);
    expect(put("# A\n\n| old |\n| --- |\n\nmore")).toBe(`# A\n\n${table}\n\nmore`);
    expect(() => put("# A\n\nnothing")).toThrow(InputError);
  });
});

describe("an executed notebook", () => {
  const ran = (from: number, to: number) => ({
    execution: {
      "iopub.status.busy": new Date(1000 * from).toISOString(),
      "iopub.status.idle": new Date(1000 * to).toISOString(),
    },
  });

  it("is well where all cells ran quickly and wrote nothing to standard error", () => {
    const judged = judgeNotebook(notebook(text("# A"), code("x", [], ran(0, 2)), code("y", [], ran(2, 9.5))));
    expect(judged).toEqual({ complaints: [], slowest: { cell: 3, seconds: 7.5 } });
  });

  it("is not where a cell failed, said something on standard error, was not run or took longer than a minute", () => {
    const judged = judgeNotebook(
      notebook(
        code("a", [{ output_type: "error", evalue: "bad" }], ran(0, 1)),
        code(
          "b",
          [{ output_type: "stream", name: "stderr", text: ["1:7 - Type", " mismatch\n"] }],
          ran(0, 1),
        ),
        code("c"),
        code("d", [], ran(0, 61)),
      ),
    );
    expect(judged.complaints).toEqual([
      "cell 1: bad",
      "cell 2: 1:7 - Type mismatch",
      "cell 3: was not run",
      "cell 4: took 61 s (at most 60)",
    ]);
  });
});

describe("a notebook's file", () => {
  it("is written as JupyterLab writes it", async () => {
    const path = join(await temporaryFolder(), "a.ipynb");
    await writeNotebook(path, notebook(text("# Ä <b>")));
    expect(await readFile(path, "utf8")).toMatch(/^\{\n "nbformat": 4,[\s\S]*"# Ä <b>"[\s\S]*\n\}\n$/);
    expect(await readNotebook(path)).toEqual(notebook(text("# Ä <b>")));
  });

  it.each([
    ["{", "Expected property name"],
    ['{"nbformat": 3, "nbformat_minor": 5, "metadata": {}, "cells": []}', "expected 4"],
  ])("that is none is refused: %s", async (content, reason) => {
    const path = join(await temporaryFolder(), "a.ipynb");
    await writeFile(path, content);
    await expect(readNotebook(path)).rejects.toThrow(
      new RegExp(`^cannot read notebook: .*a\\.ipynb \\(.*${reason}`),
    );
  });
});
