import { countReasons } from "../datasets/photo.js";
import { dataSha256 } from "../evaluation/data-sha256.js";
import type { ModelCard, Params } from "../types.js";
import { type Cell, nameHtml, tableHtml } from "./html.js";
import type { ReportInput } from "./report-input.js";

const MOST_ROWS = 200;

/** Photos without a face, and files that were not used, by reason. */
export function unusedSection({ set, description: { ignored } }: ReportInput): string {
  const without = set.photos.filter((photo) => photo.kind === "none");
  const faces =
    without.length === 0
      ? "<p>Every photo shows a face.</p>"
      : tableHtml(
          ["photo", "person", "reason", "detail"],
          without
            .slice(0, MOST_ROWS)
            .map(({ path, label, reason, detail }): Cell[] => [
              { html: nameHtml(path) },
              { html: nameHtml(label) },
              reason,
              { html: nameHtml(detail) },
            ]),
          { caption: `${without.length} of ${set.photos.length} photos without a face: ${counted(without)}` },
        ) + rest(without.length, "photos-without-a-face.csv");
  const files =
    ignored.length === 0
      ? "<p>No file of the dataset was left aside.</p>"
      : tableHtml(
          ["file", "reason"],
          ignored.slice(0, MOST_ROWS).map(({ path, reason }): Cell[] => [{ html: nameHtml(path) }, reason]),
          { caption: `${ignored.length} files not used: ${counted(ignored)}` },
        ) + rest(ignored.length, "run.json");
  return `<h2 id="unused">Photos without a face, and files not used</h2>\n${faces}\n${files}`;
}

/** Settings, machine, models and data: everything that a number depends on. */
export function provenanceSection({ set, evaluation, description }: ReportInput): string {
  const { provenance } = set;
  const steps =
    provenance === null
      ? []
      : [provenance.detector, provenance.aligner, provenance.embedder, ...(provenance.others ?? [])];
  const models = steps.flatMap((step): Cell[][] => {
    if (step === undefined) return [];
    const cards = distinctWeights(step.models);
    return (cards.length > 0 ? cards : [undefined]).map((card) => [
      card?.name ?? step.name,
      { html: nameHtml(words(step.params)) },
      card?.engine ?? "",
      { html: nameHtml(card?.source ?? "") },
      card?.licence ?? "",
      { html: card === undefined ? "" : `<code>${card.sha256}</code>` },
    ]);
  });
  const from =
    provenance === null
      ? "<p>The dataset's file does not say how its embeddings were made.</p>"
      : tableHtml(["model", "settings", "engine", "weights", "licence", "sha256 of the weights"], models, {
          caption: `From photos to embeddings; of several faces in a photo: ${provenance.face}`,
        });
  return `<h2 id="made">How it was made</h2>
<div class="pair">
${pairs("Settings", description.settings)}
${pairs("Machine", description.environment)}
</div>
${from}
${tableHtml(
  ["classifier", "settings"],
  evaluation.classifiers.map(({ name, params }): Cell[] => [
    { html: nameHtml(name) },
    { html: nameHtml(words(params)) },
  ]),
  { caption: "Classifiers" },
)}
<p>Data (paths, labels and embeddings in order), sha256: <code>${dataSha256(set)}</code></p>`;
}

/** Networks of one file of weights, as MTCNN's three, in one line. */
function distinctWeights(cards: readonly ModelCard[]): ModelCard[] {
  const files = new Map<string, ModelCard>();
  for (const card of cards) {
    const known = files.get(card.sha256);
    files.set(card.sha256, known ? { ...known, name: `${known.name}, ${card.name}` } : card);
  }
  return [...files.values()];
}

function pairs(caption: string, params: Params): string {
  const rows = Object.entries(params).map(([name, value]): Cell[] => [
    name,
    { html: nameHtml(String(value ?? "none")) },
  ]);
  return tableHtml(["name", "value"], rows, { caption });
}

function words(params: Params): string {
  return Object.entries(params)
    .map(([name, value]) => `${name} ${Array.isArray(value) ? value.join(" ") : value}`)
    .join(", ");
}

function counted(items: readonly { readonly path: string; readonly reason: string }[]): string {
  return countReasons(items)
    .map(({ reason, count }) => `${reason} ${count}`)
    .join(", ");
}

function rest(count: number, file: string): string {
  return count > MOST_ROWS ? `\n<p>and ${count - MOST_ROWS} more, in ${file}</p>` : "";
}
