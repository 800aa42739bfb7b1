import { createRequire } from "node:module";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import type ts from "typescript";
import { expect, it } from "vitest";

/** TypeScript 5.0.4: tslab's own, which notebooks are checked with. */
const kernelTypescript = createRequire(import.meta.url)("@tslab/typescript-for-tslab") as typeof ts;
const cellPath = fileURLToPath(new URL("../../notebooks/__tslab__.ts", import.meta.url));
const declarations = fileURLToPath(new URL("../../src/lib/dist/", import.meta.url))
  .split(sep)
  .join("/");

/** What tslab's compiler, with tslab's options, says of a cell and of facelab's declarations. */
function complaints(cell: string): string[] {
  const { createCompilerHost, createProgram, flattenDiagnosticMessageText, getPreEmitDiagnostics } =
    kernelTypescript;
  const options: ts.CompilerOptions = {
    module: kernelTypescript.ModuleKind.ESNext,
    moduleResolution: kernelTypescript.ModuleResolutionKind.Node10,
    target: kernelTypescript.ScriptTarget.ES2022,
    lib: ["lib.es2022.d.ts"],
    esModuleInterop: true,
    resolveJsonModule: true,
    noEmit: true,
    // tslab does not look inside of declarations, and takes `any` for what it cannot read there: this test looks.
    skipLibCheck: false,
  };
  const host = createCompilerHost(options);
  const readFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, ...rest) =>
    name.endsWith("__tslab__.ts")
      ? kernelTypescript.createSourceFile(name, cell, kernelTypescript.ScriptTarget.ES2022)
      : readFile(name, ...rest);
  const program = createProgram([cellPath], options, host);
  return getPreEmitDiagnostics(program)
    .filter(
      ({ file }) =>
        file === undefined || file.fileName.endsWith("__tslab__.ts") || isOurs(host.realpath, file),
    )
    .map(
      ({ file, messageText }) =>
        `${file?.fileName.split("/").at(-1)}: ${flattenDiagnosticMessageText(messageText, " ")}`,
    );
}

function isOurs(realpath: ts.CompilerHost["realpath"], { fileName }: ts.SourceFile): boolean {
  return (realpath?.(fileName) ?? fileName).startsWith(declarations);
}

it("is TypeScript 5.0.4", () => {
  expect(kernelTypescript.version).toBe("5.0.4");
});

it("reads all of facelab's declarations", () => {
  expect(complaints('import * as facelab from "facelab"; export default facelab;')).toEqual([]);
});

it("knows their types, and takes none for any", () => {
  const cell = (type: string, value: string) =>
    `import { facePipeline, linearSvm, openEmbeddings, show } from "facelab"; export const x: ${type} = ${value};`;
  expect(complaints(cell("Promise<void>", "show([])"))).toEqual([]);
  expect(complaints(cell("number", "linearSvm()"))).toEqual([
    "__tslab__.ts: Type 'LinearSvm' is not assignable to type 'number'.",
  ]);
  expect(complaints(cell("number", "(await openEmbeddings()).train[0].embedding"))).toEqual([
    expect.stringContaining("Type 'Float32Array' is not assignable to type 'number'."),
  ]);
  expect(complaints(cell("number", "(await facePipeline()).detector.detect"))).toHaveLength(1);
}, 60_000);
