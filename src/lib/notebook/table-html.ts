import { escapeHtml } from "../plots/html.js";

/** Cells of a table; numbers stand to the right. */
export interface Cells {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

const MOST_ROWS = 20;
const NUMBER = /^[-+]?[\d.,]+( \+- [\d.,]+)?( ?(%|ms|s|min))?$/;

/** A table as HTML for a cell's output: at most 20 rows, and how many more there are. */
export function tableHtml({ columns, rows }: Cells): string {
  const shown = rows.slice(0, MOST_ROWS).map((row) => row.map(cellText));
  const right = columns.map((_, column) =>
    shown.every((row) => NUMBER.test(row[column] ?? "") || row[column] === "-"),
  );
  const cell = (tag: "th" | "td") => (text: string, column: number) =>
    `<${tag} style="text-align:${right[column] ? "right" : "left"}">${escapeHtml(text)}</${tag}>`;
  const body = shown.map((row) => `<tr>${row.map(cell("td")).join("")}</tr>`).join("\n");
  return `<table>\n<thead><tr>${columns.map(cell("th")).join("")}</tr></thead>\n<tbody>\n${body}\n</tbody>\n</table>${moreRows(rows)}`;
}

/** The same as plain text: the rows that are shown, header first. */
export function tableRows({ columns, rows }: Cells): string[][] {
  return [[...columns], ...rows.slice(0, MOST_ROWS).map((row) => row.map(cellText))];
}

/** What is not shown of a table, in words; empty where all is. */
export function moreRows(rows: Cells["rows"]): string {
  return rows.length > MOST_ROWS ? `\n... and ${rows.length - MOST_ROWS} more rows` : "";
}

/** Numbers with at most four digits behind the point; what is no number at all as a dash. */
function cellText(value: unknown): string {
  if (typeof value === "number") return Number.isNaN(value) ? "-" : String(Number(value.toFixed(4)));
  return value === null || value === undefined ? "-" : String(value);
}
