import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Notebook } from "../../src/experiments/dist/notebooks/notebook-file.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** A folder in which notebooks find facelab and what ships with it, as in a checkout. */
export async function courseFolder(): Promise<string> {
  const folder = await temporaryFolder();
  for (const name of ["node_modules", "datasets"]) {
    await symlink(join(root, name), join(folder, name), "junction");
  }
  return folder;
}

/** A notebook of these cells of code. */
export function notebookOf(...sources: readonly string[]): Notebook {
  return {
    cells: sources.map((source, i) => ({
      ...{ id: `cell-${i}`, cell_type: "code", source, outputs: [], metadata: {}, execution_count: null },
    })),
    metadata: {
      kernelspec: { display_name: "TypeScript", language: "typescript", name: "tslab" },
      language_info: { name: "typescript", file_extension: ".ts" },
    },
    ...{ nbformat: 4, nbformat_minor: 5 },
  };
}
