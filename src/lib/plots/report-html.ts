import { classificationReports } from "../evaluation/classification-reports.js";
import { comparePairs, describePairs } from "../evaluation/compare-pairs.js";
import { comparisonTable, scoresTable, type TextTable } from "../evaluation/comparison-table.js";
import { namesRun } from "./classifier-records.js";
import { type Cell, escapeHtml, nameHtml, scriptJson, tableHtml } from "./html.js";
import { plotlyConfig, plotlyScript, scriptHash } from "./plotly.js";
import { provenanceSection, unusedSection } from "./report-data.js";
import { type ReportFigures, reportFigures } from "./report-figures.js";
import type { ReportInput } from "./report-input.js";
import { classificationSection, faceStyle, mistakesSection } from "./report-mistakes.js";
import { reportScript } from "./report-script.js";
import { reportStyle, themes } from "./report-style.js";

/**
 * A run as one page for the browser, for people who would rather look than read: tables, figures (Plotly), wrong answers,
 * and how it was made. It holds all it needs, and fetches nothing; its tables are there without JavaScript. About 3 MB.
 * The same input and seed give the same bytes.
 */
export function reportHtml(input: ReportInput): string {
  const { set, evaluation } = input;
  const drawn = reportFigures(input);
  const names = namesRun(evaluation);
  const reports = new Map(classificationReports(evaluation));
  const plotly = plotlyScript();
  const title = `Face recognition on ${set.name.split(/[\\/]/).filter(Boolean).at(-1) ?? set.name}`;
  const policy = `default-src 'none'; script-src ${scriptHash(reportScript)} ${plotly.hash}; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'`;
  const data = { figures: drawn.figures, choices: drawn.choices, config: plotlyConfig, themes };
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(title)}</title>
<style>${reportStyle}${faceStyle(input.faces)}</style>
</head>
<body>
<header>
<h1>${nameHtml(title)}</h1>
${summary(input)}
<noscript><p>Without JavaScript there are no figures; all tables are here, one classifier after the other.</p></noscript>
<p id="no-figures" class="needs-script">The figures are being drawn. If none appear: they need Chrome 80, Edge 80, Firefox 113, Safari 16.4 or newer.</p>
</header>
<main>
${comparison(input)}
${oneClassifier(names, drawn)}
${names.map((name, i) => `<section data-choice="${i}">\n${classificationSection(name, reports.get(name))}\n</section>`).join("\n")}
${learningCurves(drawn)}
<h2 id="mistakes">Wrong answers</h2>
<p class="needs-script soft">Of the classifier that is chosen above.</p>
${notes(input.faces?.notes ?? [])}
${names.map((name, i) => `<section data-choice="${i}">\n${mistakesSection(input, name)}\n</section>`).join("\n")}
${unusedSection(input)}
${provenanceSection(input)}
<h2 id="notices">Notices</h2>
${evaluation.notices.length === 0 ? "<p>None.</p>" : notes(evaluation.notices)}
${LIMITS}
</main>
<script type="application/json" id="facelab-figures">${scriptJson(data)}</script>
<script type="text/plain" id="plotly">${plotly.packed}</script>
<script>${reportScript}</script>
</body>
</html>
`;
}

const LIMITS = `<h2 id="limits">Limits</h2>
<p>An accuracy here is one of identification among people who are all enrolled, on photos like those trained on. It says
nothing about strangers, other cameras, other ages, or people unlike those in the set. Deviations over splits say how stable a
number is: the splits share photos. Faces are personal data, and this page may show some: pass it on only where the people in it
agree, and delete it when they ask. No decision about people should rest on it alone.</p>`;

function summary({ set, evaluation: { splits }, description: { settings } }: ReportInput): string {
  const people = new Set(set.photos.map(({ label }) => label)).size;
  const without = set.photos.filter(({ kind }) => kind === "none").length;
  const { train, test } = splits[0] ?? { train: [], test: [] };
  const seed = settings.seed === undefined ? "" : ` Seed ${escapeHtml(String(settings.seed))}.`;
  const each = splits.length === 1 ? "One split" : `${splits.length} random splits`;
  return `<p>${people} people, ${set.photos.length} photos, ${without} of them without a face. ${each}: ${train.length} photos to learn from, ${test.length} to test on.${seed}</p>`;
}

function comparison({ evaluation }: ReportInput): string {
  const single = evaluation.splits.length === 1;
  const [first, ...pairs] = describePairs(comparePairs(evaluation));
  const real = pairs.map((line) => `<li>${escapeHtml(line.trim())}</li>`).join("");
  return `<h2 id="comparison">Comparison</h2>
${textTable(comparisonTable(evaluation), single ? "Right answers in %; in brackets their number, and Wilson's 95 % interval" : `Right answers in %, mean \u00b1 deviation over ${evaluation.splits.length} splits`)}
${textTable(scoresTable(evaluation), "The same answers, of the faces found, by other measures; the first three in %")}
${first === undefined ? "" : `<p>${escapeHtml(first.slice(0, 1).toUpperCase() + first.slice(1))}</p>`}
${real === "" ? "" : `<ul>${real}</ul>`}
${plot("comparison", "Accuracy of each classifier with its interval. Drag over the axis to look closer, double-click to return.")}`;
}

function oneClassifier(names: readonly string[], { maps }: ReportFigures): string {
  const options = names.map((name, i) => `<option value="${i}">${escapeHtml(name)}</option>`).join("");
  return `<h2 id="one">One classifier</h2>
<div class="picker needs-script"><label for="classifier">Classifier: </label><select id="classifier" autocomplete="off">${options}</select></div>
${plot("confusion", "Confusion matrix: blue are right answers, orange mistakes; darker is more. An empty cell is no photo.", true)}
<div class="pair">
${plot("recall", "Recall: of each person's test photos those that were named rightly, the worst first; one without a face counts as wrong.", true)}
${plot("probability", "Probability of the most probable person: right answers above, wrong and refused ones below, with axes of their own.", true)}
</div>
<div class="pair">
${maps.map((kind) => plot(kind, mapCaptions[kind], true)).join("\n")}
</div>
${maps.includes("umap") ? "" : '<p class="soft">No UMAP: there are fewer than five faces.</p>'}`;
}

const mapCaptions = {
  pca: "The embeddings along their two widest directions; colour and shape are the person's, a ring marks a photo answered wrongly in at least one split.",
  umap: "The same embeddings by UMAP, which keeps neighbours together; distances between groups mean little.",
};

function learningCurves({ learning }: ReportFigures): string {
  if (learning.length === 0) return "";
  const figures = learning.map((name, i) =>
    plot(`learning-${i}`, `${name}: after each epoch, a line for each split.`),
  );
  return `<div class="needs-script"><h2 id="learning">Learning curves</h2>\n<div class="pair">${figures.join("\n")}</div></div>`;
}

/** The place of a figure; `chosen` where it changes with the classifier. */
function plot(name: string, caption: string, chosen = false): string {
  return `<figure class="needs-script"><div class="box" role="group" tabindex="0" aria-label="${escapeHtml(caption)}"><div data-figure="${name}"${chosen ? " data-chosen" : ""}></div></div><figcaption>${escapeHtml(caption)}</figcaption></figure>`;
}

function textTable([header = [], ...rows]: TextTable, caption: string): string {
  const cells = rows.map(([name = "", ...row]): Cell[] => {
    const [reason = ""] = row;
    const own = { html: nameHtml(name) };
    // The reason would make its column, and the way to the numbers, twice as wide.
    if (reason.startsWith("not run")) {
      return [own, { html: `<span class="soft">${escapeHtml(reason)}</span>`, columns: row.length }];
    }
    return [own, ...row.map((text) => text.replaceAll("+-", "\u00b1"))];
  });
  return tableHtml(header, cells, { caption, numeric: (column) => column > 0 });
}

function notes(lines: readonly string[]): string {
  if (lines.length === 0) return "";
  return `<ul>${lines.map((line) => `<li>${escapeHtml(line)}</li>`).join("")}</ul>`;
}
