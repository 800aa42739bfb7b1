import { type Mistake, mistakes } from "../evaluation/mistakes.js";
import { type Cell, escapeHtml, nameHtml, tableHtml } from "./html.js";
import type { ReportFaces, ReportInput } from "./report-input.js";

/** Rows of a table of mistakes; the floor, `majority`, has hundreds. */
const MOST_ROWS = 100;

/** One classifier's report in scikit-learn's layout, as in classification-report.txt. */
export function classificationSection(classifier: string, report: string | undefined): string {
  return `<h3>Classification report of ${nameHtml(classifier)}</h3>
<p class="soft">Of the faces found, all splits together; an answer that names nobody is a wrong one.</p>
<pre class="tall" tabindex="0">${escapeHtml(report ?? "no face in the test part")}</pre>`;
}

/** One classifier's wrong answers, with the faces where there are pictures. */
export function mistakesSection({ evaluation, faces }: ReportInput, classifier: string): string {
  const all = mistakes(evaluation, classifier);
  const heading = `<h3>Photos that ${nameHtml(classifier)} got wrong</h3>`;
  if (all.length === 0) return `${heading}\n<p>None.</p>`;
  const shown = all.slice(0, MOST_ROWS);
  const pictures = faceClasses(faces);
  const pictured = shown.some(({ path }) => pictures.has(path));
  const several = evaluation.splits.length > 1;
  const rows = shown.map(({ path, label, predicted, probability, times, tests }: Mistake): Cell[] => [
    { html: nameHtml(path) },
    ...(pictured ? [{ html: faceHtml(pictures.get(path), label, path) }] : []),
    { html: nameHtml(label) },
    { html: predicted === null ? "<i>unknown</i>" : nameHtml(predicted) },
    probability.toFixed(2),
    ...(several ? [`${times} of ${tests}`] : []),
  ]);
  const header = [
    "photo",
    ...(pictured ? ["face"] : []),
    "true name",
    "answer",
    "probability",
    ...(several ? ["splits"] : []),
  ];
  const rest =
    all.length > shown.length ? `<p>and ${all.length - shown.length} more, in records.csv</p>` : "";
  return `${heading}
${tableHtml(header, rows, {
  caption: `${all.length} wrong answers, those of the highest probability first${several ? "; splits: how often so answered, of how often asked" : ""}`,
  numeric: (column) => column >= (pictured ? 4 : 3),
})}
${rest}`;
}

/** The pictures as a style sheet: each one is in the page once, however many classifiers got it wrong. */
export function faceStyle(faces: ReportFaces | undefined): string {
  const classes = faceClasses(faces);
  const rules = [...classes].map(
    ([path, name]) => `.${name} { background-image: url(${faces!.pictures.get(path)}); }`,
  );
  return [
    ".face { display: block; width: 72px; height: 72px; border-radius: 4px; background-size: cover; print-color-adjust: exact; -webkit-print-color-adjust: exact; }",
    ...rules,
  ].join("\n");
}

function faceClasses(faces: ReportFaces | undefined): Map<string, string> {
  // Only what is a picture by its letters goes into the style sheet.
  const safe = [...(faces?.pictures ?? [])].filter(([, uri]) =>
    /^data:image\/(png|jpeg);base64,[\w+/=]+$/.test(uri),
  );
  return new Map(safe.map(([path], i) => [path, `face-${i}`]));
}

function faceHtml(name: string | undefined, label: string, path: string): string {
  if (name === undefined) return "";
  return `<span class="face ${name}" role="img" aria-label="${escapeHtml(`face of ${label} in ${path}`)}"></span>`;
}
