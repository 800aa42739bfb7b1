import { InputError } from "facelab";
import { type Cell, linesOf, type Notebook, textOf } from "./notebook-file.js";

/** What a student finds in place of a solution; nbgrader is given the same in notebooks/nbgrader_config.py. */
export const STUB = "// your code\nconst answer = undefined;\n";

const SOLUTION = /^\/\/ BEGIN SOLUTION\n[\s\S]*?^\/\/ END SOLUTION\n?/gm;

/**
 * A student's notebook from the one with solutions: each `// BEGIN SOLUTION` to `// END SOLUTION` becomes `// your code`.
 * @throws InputError on a solution that does not end, or ends without a beginning.
 */
export function stripSolutions(notebook: Notebook): Notebook {
  return { ...notebook, cells: notebook.cells.map(stripCell) };
}

function stripCell(cell: Cell): Cell {
  const source = textOf(cell.source);
  const stripped = source.replace(SOLUTION, STUB).replace(/\n$/, "");
  if (/BEGIN SOLUTION|END SOLUTION/.test(stripped)) {
    throw new InputError(
      `unfinished solution in cell ${cell.id} (must be between // BEGIN SOLUTION and // END SOLUTION)`,
    );
  }
  return stripped === source ? cell : { ...cell, source: linesOf(stripped) };
}
