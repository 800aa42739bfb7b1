import { CELL_SECONDS } from "./execute-notebook.js";
import { type Cell, type Notebook, textOf } from "./notebook-file.js";

/** What {@link judgeNotebook} found in an executed notebook. */
export interface Judged {
  /** What is wrong with it, one line each; empty where all is well. */
  readonly complaints: readonly string[];
  readonly slowest: { readonly cell: number; readonly seconds: number };
}

/** Looks through an executed notebook for errors, lines on standard error (tslab writes its errors there) and slow cells. */
export function judgeNotebook({ cells }: Notebook): Judged {
  const code = cells
    .map((cell, i) => ({ cell, number: i + 1 }))
    .filter(({ cell }) => cell.cell_type === "code");
  const times = code.map(({ cell, number }) => ({ cell: number, seconds: secondsOf(cell) }));
  const slow = times.filter(({ seconds }) => seconds > CELL_SECONDS);
  return {
    complaints: [
      ...code.flatMap(({ cell, number }) => failuresOf(cell).map((reason) => `cell ${number}: ${reason}`)),
      ...slow.map(
        ({ cell, seconds }) => `cell ${cell}: took ${seconds.toFixed(0)} s (at most ${CELL_SECONDS})`,
      ),
    ],
    slowest: times.reduce((most, one) => (one.seconds > most.seconds ? one : most), { cell: 0, seconds: 0 }),
  };
}

function failuresOf({ outputs = [], metadata }: Cell): string[] {
  const failures = outputs.flatMap((output) => {
    if (output.output_type === "error") return [String(output.evalue)];
    return output.output_type === "stream" && output.name === "stderr" ? [textOf(output.text).trim()] : [];
  });
  return metadata.execution === undefined ? [...failures, "was not run"] : failures;
}

function secondsOf({ metadata }: Cell): number {
  const times = (metadata.execution ?? {}) as Record<string, string>;
  const [from, to] = [times["iopub.status.busy"], times["iopub.status.idle"]].map((time) =>
    Date.parse(time ?? ""),
  );
  return Number.isFinite(from) && Number.isFinite(to) ? ((to as number) - (from as number)) / 1000 : 0;
}
