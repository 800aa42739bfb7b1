import { createRequire } from "node:module";
import type { Json, JsonObject } from "../plots/figure.js";

/** What a cell shows, in several forms: JupyterLab takes the richest that it knows. */
export interface CellOutput {
  /** By MIME type: text as it is, bytes as base64, Plotly's figures as objects (as text JupyterLab opens the notebook empty). */
  readonly data: Readonly<Record<string, Json>>;
  readonly metadata: JsonObject;
}

interface Message extends CellOutput {
  readonly transient: { readonly display_id?: string };
}

type Write = (message: Message, update: boolean) => void;

/**
 * Shows something below the cell that is running; outside of a notebook its plain text goes to standard output.
 * @param id of an output that shall be replaced by later ones with the same id.
 */
export function writeOutput(output: CellOutput, id?: string, update = false): void {
  const write = kernelWriter();
  if (write !== undefined) write({ ...output, transient: { display_id: id } }, update);
  else if (!update) process.stdout.write(`${String(output.data["text/plain"] ?? "")}\n`);
}

/** Whether this runs in a notebook's kernel. */
export function inNotebook(): boolean {
  return kernelWriter() !== undefined;
}

/**
 * tslab's public `display` sends one form at a time; what it sends with is in its module for Jupyter. That is looked up among the
 * modules that are loaded. There may be several copies, where the kernel is another checkout's tslab or a global one: one of them writes.
 */
function kernelWriter(): Write | undefined {
  const { cache } = createRequire(import.meta.url);
  const kernels = Object.keys(cache).filter((name) => /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/.test(name));
  const writers = kernels.map((name): Write | null | undefined => cache[name]?.exports.lastWriteDisplayData);
  return writers.find((write) => typeof write === "function") ?? undefined;
}
