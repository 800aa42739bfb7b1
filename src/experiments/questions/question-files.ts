import { stringify } from "csv-stringify/sync";
import { lineFigureSvg, toMarkdown } from "facelab";
import type { Question } from "./question.js";
import type { Records } from "./records.js";

/** The name of the records beside the files that are made from them. */
export const RECORDS = "records.json.gz";

/** Everything that is made from a question's records, by file name: the page, each table as Markdown and CSV, each chart. */
export function questionFiles(question: Question, records: Records): Map<string, string> {
  const { tables, figures } = question.show(records);
  const files = new Map([["README.md", `# ${question.title}\n\n${questionText(question, records)}`]]);
  for (const { name, rows } of tables) {
    files.set(`${name}.md`, `${toMarkdown(rows)}\n`);
    files.set(`${name}.csv`, stringify(rows.map((row) => [...row])));
  }
  for (const { name, figure } of figures) files.set(`${name}.svg`, lineFigureSvg(figure));
  return files;
}

/** Tables, charts and notes as Markdown. @param folder where the charts lie, seen from the page. */
export function questionText(question: Question, records: Records, folder = "."): string {
  const { tables, figures, notes } = question.show(records);
  const parts = [
    ...tables.map(({ caption, rows }) => `${caption}\n\n${toMarkdown(rows)}`),
    ...figures.map(({ name, description }) => `![${description}](${folder}/${name}.svg)`),
    ...notes,
  ];
  return `${parts.join("\n\n")}\n`;
}
