import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { cleanNotebook, withoutOutputs } from "../../src/experiments/dist/notebooks/clean-notebook.js";
import { computedTable, promisedTable } from "../../src/experiments/dist/notebooks/expected-table.js";
import { type Cell, readNotebook, textOf } from "../../src/experiments/dist/notebooks/notebook-file.js";
import { notebookPaths } from "../../src/experiments/dist/notebooks/notebook-paths.js";
import { stripSolutions } from "../../src/experiments/dist/notebooks/strip-solutions.js";
import { exercises } from "../../src/lib/dist/lessons/exercises/registry.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const paths = await notebookPaths();
const notebooks = await Promise.all(
  paths.map(async ({ name, student, solution }) => ({
    name,
    student: await readNotebook(student),
    solution: await readNotebook(solution),
    bytes: statSync(student).size,
  })),
);
const codeOf = (cells: readonly Cell[]): string[] =>
  cells.filter(({ cell_type }) => cell_type === "code").map(({ source }) => textOf(source));
const parsed = (source: string): ts.SourceFile =>
  ts.createSourceFile("cell.ts", source, ts.ScriptTarget.ES2022, true);

/** What a cell may not hold: what takes more than a line to read belongs into the library. */
function tooMuch(source: string): string[] {
  const found: string[] = [];
  const look = (node: ts.Node): void => {
    if (ts.isFunctionDeclaration(node) || ts.isFunctionExpression(node)) found.push("function");
    if (ts.isIterationStatement(node, false)) found.push("loop");
    if (ts.isArrowFunction(node) && ts.isBlock(node.body)) found.push("arrow with a block");
    if (node.kind === ts.SyntaxKind.AnyKeyword) found.push("any");
    ts.forEachChild(node, look);
  };
  look(parsed(source));
  const lines = source.split("\n");
  if (lines.length > 10) found.push(`${lines.length} lines`);
  for (const line of lines) if (line.length > 100) found.push(`${line.length} letters: ${line}`);
  return found;
}

/** What a cell takes from facelab, types apart. */
function imported(source: string): string[] {
  return parsed(source).statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) || !statement.getText().endsWith('"facelab";')) return [];
    const names = statement.importClause?.namedBindings;
    return names === undefined || !ts.isNamedImports(names)
      ? []
      : names.elements.filter(({ isTypeOnly }) => !isTypeOnly).map(({ name }) => name.text);
  });
}

it("knows what is too much for a cell", () => {
  expect(tooMuch("const a = [1].map((x) => x + 1);")).toEqual([]);
  expect(tooMuch("for (const a of []) a;")).toEqual(["loop"]);
  expect(tooMuch("const f = () => { return 1; };")).toEqual(["arrow with a block"]);
  expect(tooMuch("function f(x: any) {}")).toEqual(["function", "any"]);
  expect(tooMuch(Array(11).fill("a;").join("\n"))).toEqual(["11 lines"]);
  expect(imported('import { check, type Model } from "facelab";\nimport { x } from "y";')).toEqual(["check"]);
});

describe.each(notebooks)("$name", ({ name, student, solution, bytes }) => {
  it("has cells that are read at a glance", () => {
    const found = codeOf(solution.cells).flatMap((source) => tooMuch(source));
    expect(found).toEqual([]);
  });

  it("is the one with solutions, stripped, and has none itself", () => {
    const sources = (cells: readonly Cell[]) => cells.map(({ source }) => textOf(source));
    expect(sources(student.cells)).toEqual(sources(stripSolutions(solution).cells));
    expect(JSON.stringify(student)).not.toContain("SOLUTION");
  });

  it("is clean: no picture of a photo, no times, under 2 MB; its solution has no outputs", () => {
    expect(cleanNotebook(student)).toEqual(student);
    expect(withoutOutputs(solution)).toEqual(solution);
    expect(bytes).toBeLessThan(2_000_000);
  });

  it("opens with a question and the table that came out, and closes with what to try", () => {
    expect(textOf(student.cells[0]!.source)).toMatch(new RegExp(`^# ${name.slice(0, 2)} · .*\\?\\n`));
    expect(promisedTable(student)).toBeDefined();
    expect(promisedTable(student)).toBe(computedTable(student));
    expect(textOf(student.cells.at(-1)!.source)).toContain("**Try changing**");
    expect(codeOf(student.cells)[0]).toContain('process.env.FACELAB_DATASET ?? ""');
  });

  it("was saved after a run without a mistake", () => {
    const outputs = student.cells.flatMap((cell) => cell.outputs ?? []);
    expect(outputs.filter((output) => output.output_type === "error" || output.name === "stderr")).toEqual(
      [],
    );
    expect(JSON.stringify(outputs)).not.toMatch(/\/(root|home|Users)\//);
  });

  it("has two to four exercises, each of them with a judge and a text", () => {
    const asked = codeOf(student.cells).flatMap(
      (source) => /await check\("([\d.]+)"/.exec(source)?.[1] ?? [],
    );
    expect(asked).toEqual(
      Object.keys(exercises)
        .filter((id) => id.startsWith(name.slice(0, 2)))
        .sort(),
    );
    expect(asked.length).toBeGreaterThanOrEqual(2);
    expect(asked.length).toBeLessThanOrEqual(4);
    const texts = student.cells.map(({ source }) => textOf(source)).join("\n");
    for (const id of asked) expect(texts).toContain(`**Exercise ${id}**`);
  });
});

it("nothing is exported for one notebook alone, display helpers apart", () => {
  const uses = new Map<string, number>();
  for (const { solution } of notebooks) {
    for (const name of new Set(codeOf(solution.cells).flatMap(imported)))
      uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  const index = readFileSync(join(root, "src/lib/index.ts"), "utf8");
  const home = (name: string): string =>
    new RegExp(`\\b${name}\\b[^;]*? from "\\./([^"]+)\\.js"`).exec(index)?.[1] ?? "";
  const files = ["src/lib", "src/experiments", "test"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !/node_modules|dist|index\.ts|^lessons|^notebook/.test(file))
      .map((file) => join(root, folder, file)),
  );
  const texts = files.map((file) => ({ file, text: readFileSync(file, "utf8") }));
  const alone = [...uses]
    .filter(([, count]) => count === 1)
    .map(([name]) => name)
    .filter((name) => !home(name).startsWith("notebook/"))
    .filter((name) => {
      const own = `${home(name)}.ts`;
      return !texts.some(({ file, text }) => !file.endsWith(own) && new RegExp(`\\b${name}\\b`).test(text));
    });
  expect(uses.size).toBeGreaterThan(20);
  expect(alone).toEqual([]);
});
