/** Text as it stands in HTML, between tags or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;")
    .replaceAll("\r", "&#13;");
}

/** JSON for inside of a script element, which nothing in it can close. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}

/** A label or a path: with its blanks and line breaks, and its letters' direction kept to itself. */
export function nameHtml(name: string): string {
  return `<bdi class="name">${escapeHtml(name)}</bdi>`;
}

/** One cell of {@link tableHtml}: text, or HTML that is escaped already, over so many columns. */
export type Cell = string | { readonly html: string; readonly columns?: number };

export interface TableOptions {
  readonly caption: string;
  /** Which columns hold numbers, and stand to the right. @default none */
  readonly numeric?: (column: number) => boolean;
}

/** A table in a box that scrolls by itself; the first cell of a row is its header. */
export function tableHtml(
  header: readonly string[],
  rows: readonly (readonly Cell[])[],
  { caption, numeric = () => false }: TableOptions,
): string {
  const span = (cell: Cell): string =>
    typeof cell === "string" || cell.columns === undefined ? "" : ` colspan="${cell.columns}"`;
  const right = (column: number): string => (numeric(column) ? ' class="number"' : "");
  const html = (cell: Cell): string => (typeof cell === "string" ? escapeHtml(cell) : cell.html);
  const head = header.map((text, i) => `<th scope="col"${right(i)}>${escapeHtml(text)}</th>`).join("");
  const body = rows.map(
    (row) =>
      `<tr>${row
        .map((cell, i) =>
          i === 0 ? `<th scope="row">${html(cell)}</th>` : `<td${span(cell) || right(i)}>${html(cell)}</td>`,
        )
        .join("")}</tr>`,
  );
  return `<div class="box" role="region" tabindex="0" aria-label="${escapeHtml(caption)}">
<table><caption>${escapeHtml(caption)}</caption>
<thead><tr>${head}</tr></thead>
<tbody>
${body.join("\n")}
</tbody></table></div>`;
}
