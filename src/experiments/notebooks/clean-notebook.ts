import type { Cell, Notebook, Output } from "./notebook-file.js";

/**
 * A notebook as it is kept in git: without times, counts and progress, and without pictures of photos. Of outputs whose picture is not
 * marked as a chart by `show` only the text is left, whatever has made them: a face must not slip through.
 */
export function cleanNotebook(notebook: Notebook): Notebook {
  const { kernelspec, language_info } = notebook.metadata;
  return { ...notebook, metadata: { kernelspec, language_info }, cells: notebook.cells.map(cleanCell) };
}

/** The same without any output: for solutions, which are read beside their notebooks. */
export function withoutOutputs(notebook: Notebook): Notebook {
  const clean = cleanNotebook(notebook);
  return {
    ...clean,
    cells: clean.cells.map((cell) => (cell.cell_type === "code" ? { ...cell, outputs: [] } : cell)),
  };
}

function cleanCell(cell: Cell): Cell {
  const { nbgrader, tags } = cell.metadata;
  const metadata = {
    ...(nbgrader === undefined ? {} : { nbgrader }),
    ...(tags === undefined ? {} : { tags }),
  };
  if (cell.cell_type !== "code") return { ...cell, metadata };
  return { ...cell, metadata, execution_count: null, outputs: (cell.outputs ?? []).map(cleanOutput) };
}

function cleanOutput(output: Output): Output {
  const { data, metadata = {} } = output;
  if (data === undefined) return output;
  const { picture } = (metadata.facelab ?? {}) as { picture?: string };
  const kept = Object.entries(data).filter(([type]) => picture === "chart" || type.startsWith("text/"));
  const words = Object.fromEntries(
    kept.map(([type, value]) => [type, isPictureInHtml(type, value) ? REMOVED : value]),
  );
  const left = Object.keys(words).length === 0 ? { "text/plain": REMOVED } : words;
  const cleaned = { ...output, data: left, metadata };
  return output.output_type === "execute_result" ? { ...cleaned, execution_count: null } : cleaned;
}

const REMOVED = "[a picture that is not kept; run the cell to see it]";

/** HTML can hold a picture too. */
function isPictureInHtml(type: string, value: unknown): boolean {
  return type === "text/html" && /data:|<(img|svg|image|canvas|video)/i.test(String(value));
}
