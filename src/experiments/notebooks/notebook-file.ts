import { readFile, writeFile } from "node:fs/promises";
import { InputError, writeAside } from "facelab";
import * as z from "zod";

/** Text of a notebook file: one string, or its lines. */
const text = z.union([z.string(), z.array(z.string())]);

const output = z.looseObject({
  output_type: z.enum(["stream", "display_data", "execute_result", "error"]),
  name: z.string().optional(),
  text: text.optional(),
  data: z.record(z.string(), z.unknown()).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
});

const cell = z.looseObject({
  id: z.string(),
  cell_type: z.enum(["code", "markdown", "raw"]),
  source: text,
  metadata: z.record(z.string(), z.unknown()),
  outputs: z.array(output).optional(),
  execution_count: z.number().nullable().optional(),
});

const notebook = z.looseObject({
  nbformat: z.literal(4),
  nbformat_minor: z.number().min(5),
  metadata: z.record(z.string(), z.unknown()),
  cells: z.array(cell),
});

/** What a cell of a {@link Notebook} has shown. */
export type Output = z.infer<typeof output>;
/** A cell of a {@link Notebook}. */
export type Cell = z.infer<typeof cell>;
/** A notebook as JupyterLab keeps it (nbformat 4.5 or later). */
export type Notebook = z.infer<typeof notebook>;

/** Reads a notebook. @throws InputError where it is none. */
export async function readNotebook(path: string): Promise<Notebook> {
  try {
    return notebook.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (cause) {
    const reason =
      cause instanceof z.ZodError ? z.prettifyError(cause).replaceAll("\n", " ") : (cause as Error).message;
    throw new InputError(`cannot read notebook: ${path} (${reason})`, { cause });
  }
}

/** Writes a notebook as JupyterLab does, so that saving it there changes nothing. */
export async function writeNotebook(path: string, content: Notebook): Promise<void> {
  const json = `${JSON.stringify(content, undefined, 1)}\n`;
  await writeAside(path, (aside) => writeFile(aside, json));
}

/** A cell's source, or an output's text, as one string. */
export function textOf(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value : (value ?? []).join("");
}

/** Text as a notebook file keeps it: its lines, each with its end. */
export function linesOf(value: string): string[] {
  return value === "" ? [] : value.split(/(?<=\n)/);
}
