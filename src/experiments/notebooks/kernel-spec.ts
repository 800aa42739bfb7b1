import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { writeAside } from "facelab";
import type { JupyterPython } from "./python.js";

/**
 * Registers tslab, the TypeScript kernel, with a Python's Jupyter: under tslab's own name, with absolute paths, so that it starts
 * with this Node and this checkout's tslab wherever JupyterLab was started.
 */
export async function registerKernel({ prefix }: JupyterPython): Promise<void> {
  const tslab = join(dirname(createRequire(import.meta.url).resolve("tslab/package.json")), "bin", "tslab");
  const spec = {
    argv: [process.execPath, tslab, "kernel", "--config-path", "{connection_file}"],
    display_name: "TypeScript",
    language: "typescript",
  };
  const path = join(prefix, "share", "jupyter", "kernels", "tslab", "kernel.json");
  await mkdir(dirname(path), { recursive: true });
  await writeAside(path, (aside) => writeFile(aside, `${JSON.stringify(spec, undefined, 2)}\n`));
}
