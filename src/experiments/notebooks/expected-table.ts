import { InputError } from "facelab";
import { linesOf, type Notebook, textOf } from "./notebook-file.js";

/** The lines of a table in Markdown, or the word that stands for one that was not made yet. */
const TABLE = /^(\|.*\|\n?)+|^EXPECTED$/m;

/** The table that a notebook promises in its first cell. */
export function promisedTable({ cells }: Notebook): string | undefined {
  return TABLE.exec(textOf(cells[0]?.source))?.[0]?.trim();
}

/** The table that a notebook has computed: what the cell that is tagged `expected` has shown. */
export function computedTable({ cells }: Notebook): string | undefined {
  const cell = cells.find(
    ({ metadata }) => Array.isArray(metadata.tags) && metadata.tags.includes("expected"),
  );
  const shown = cell?.outputs?.find(({ data }) => data?.["text/html"] !== undefined);
  const text = shown?.data?.["text/plain"] as string | string[] | undefined;
  return text === undefined ? undefined : textOf(text).trim();
}

/** A notebook that promises another table. @throws InputError where its first cell has none. */
export function withPromisedTable(notebook: Notebook, table: string): Notebook {
  const [first, ...others] = notebook.cells;
  const source = textOf(first?.source);
  if (first === undefined || !TABLE.test(source)) {
    throw new InputError("no table in the first cell (put EXPECTED on a line of its own where it belongs)");
  }
  const replaced = source.replace(TABLE, (old) => `${table}${old.endsWith("\n") ? "\n" : ""}`);
  return { ...notebook, cells: [{ ...first, source: linesOf(replaced) }, ...others] };
}
