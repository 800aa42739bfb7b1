import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { InputError } from "facelab";
import { type Notebook, readNotebook } from "./notebook-file.js";
import type { JupyterPython } from "./python.js";

/** No cell may take longer; a student would think that it hangs. */
export const CELL_SECONDS = 60;

/** A notebook that was executed, or why it could not be. */
export type Executed =
  | { readonly kind: "done"; readonly notebook: Notebook }
  | { readonly kind: "failed"; readonly reason: string };

/**
 * Executes a notebook with nbconvert, in its own folder, all cells; the file is not changed. It stops at the first cell that fails or takes longer
 * than a minute.
 * @param environment variables for the kernel, beside this process's own.
 * @throws InputError where the notebook cannot be read.
 */
export async function executeNotebook(
  path: string,
  { executable, prefix }: JupyterPython,
  environment: Readonly<Record<string, string>> = {},
): Promise<Executed> {
  await readNotebook(path);
  const folder = await mkdtemp(join(tmpdir(), "facelab-notebook-"));
  try {
    const options = [
      "--to",
      "notebook",
      "--execute",
      "--output-dir",
      folder,
      `--ExecutePreprocessor.timeout=${CELL_SECONDS}`,
    ];
    const child = spawn(executable, ["-m", "nbconvert", ...options, basename(path)], {
      cwd: dirname(path),
      stdio: ["ignore", "ignore", "pipe"],
      // The kernel is looked for where it was registered.
      env: { ...process.env, ...environment, JUPYTER_PATH: join(prefix, "share", "jupyter") },
    });
    const [messages, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
    if (code !== 0) return { kind: "failed", reason: lastLines(messages) };
    return { kind: "done", notebook: await readNotebook(join(folder, basename(path))) };
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    throw new InputError(`cannot start ${executable}: ${(cause as Error).message}`, { cause });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The cell and its error stand at the end of what nbconvert says, after a trace of its own. */
function lastLines(messages: string): string {
  const at = messages.indexOf("An error occurred while executing");
  return at >= 0 ? messages.slice(at).trim() : messages.trim().split("\n").slice(-5).join("\n");
}
