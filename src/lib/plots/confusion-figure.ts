import { compareCodePoints } from "../compare-code-points.js";
import type { Evaluation, EvaluationRecord } from "../evaluation/evaluate.js";
import { confusionMatrix } from "../metrics/confusion-matrix.js";
import { classifierRecords, overSplits } from "./classifier-records.js";
import { type Figure, figure, type Json, type JsonObject, MOST_PEOPLE } from "./figure.js";
import { plotlyText, TICK_LENGTH } from "./plotly-text.js";

const CELL = 18;

/** Light to dark, from the smallest count to the largest; a cell of no photo is empty. */
const scales = {
  right: [
    [0, "#a9cdec"],
    [1, "#1f5c99"],
  ],
  wrong: [
    [0, "#f3b08d"],
    [1, "#b3401a"],
  ],
};

/**
 * Who was taken for whom, over all repeats: rows are the true people, columns the answers, then `unknown`, and `no face`
 * where no classifier was asked. With more than 40 people those in most mistakes, as truth or as answer; what the others
 * were called stands in one more column.
 * @throws InputError on a classifier that was not run.
 */
export function confusionFigure(evaluation: Evaluation, classifier: string): Figure {
  const records = classifierRecords(evaluation, classifier);
  const asked = records.filter(({ answer }) => answer !== "none");
  const all = [
    ...new Set(
      records.flatMap(({ label, answer, predicted }) => (answer === "person" ? [label, predicted] : [label])),
    ),
  ].sort(compareCodePoints);
  const shown = mostMistaken(all, records);
  const row = new Map(shown.map((label, i) => [label, i]));
  const own = asked.filter(({ label }) => row.has(label));
  const inside = own.filter(({ answer, predicted }) => answer !== "person" || row.has(predicted));
  const square =
    inside.length === 0
      ? { counts: shown.map(() => shown.map(() => 0)), unknown: shown.map(() => 0) }
      : confusionMatrix(
          inside.map(({ label }) => label),
          inside.map(({ answer, predicted }) => (answer === "person" ? predicted : null)),
          { labels: shown },
        );
  const perRow = (chosen: readonly EvaluationRecord[]): number[] => {
    const counts = shown.map(() => 0);
    for (const { label } of chosen) if (row.has(label)) counts[row.get(label)!]!++;
    return counts;
  };
  const others = perRow(own.filter(({ answer, predicted }) => answer === "person" && !row.has(predicted)));
  const none = perRow(records.filter(({ answer }) => answer === "none"));
  const extra: [string, readonly number[]][] = [["unknown", square.unknown]];
  if (others.some((count) => count > 0)) extra.unshift(["somebody else", others]);
  if (none.some((count) => count > 0)) extra.push(["no face", none]);

  const columns = [
    ...shown.map((label) => plotlyText(label, TICK_LENGTH)),
    ...extra.map(([name]) => `<i>${name}</i>`),
  ];
  const counts = shown.map((_, i) => [...square.counts[i]!, ...extra.map(([, column]) => column[i]!)]);
  const totals = perRow(records);
  const answers = [...shown.map((label) => `answered ${plotlyText(label)}`), ...extra.map(([name]) => name)];
  const hover = counts.map((line, i) =>
    line.map((count, j) =>
      count === 0 ? "" : `${plotlyText(shown[i]!)}<br>${answers[j]!}: ${count} of ${totals[i]}`,
    ),
  );
  const heat = (kind: "right" | "wrong"): JsonObject => {
    const z = counts.map((line, i) =>
      line.map((count, j) => (count > 0 && (i === j) === (kind === "right") ? count : null)),
    );
    const most = Math.max(1, ...z.flat().map((count) => count ?? 0));
    return {
      type: "heatmap",
      z,
      zmin: 0,
      zmax: most,
      colorscale: scales[kind],
      showscale: false,
      xgap: 1,
      ygap: 1,
      hoverinfo: "text",
      hoverongaps: false,
      text: hover,
      ...(columns.length <= 16 ? { texttemplate: "%{z}" } : {}),
    };
  };
  const some =
    shown.length < all.length ? `; the ${shown.length} of ${all.length} people in most mistakes` : "";
  const axis = (labels: readonly string[]): Record<string, Json> => ({
    tickvals: labels.map((_, i) => i),
    ticktext: labels,
    tickfont: { size: columns.length > 16 ? 10 : 12 },
    showgrid: false,
    zeroline: false,
    automargin: true,
    fixedrange: true,
  });
  const side = columns.length > 16 ? CELL : 38;
  return figure(
    "Rows: true person; columns: answer",
    `${overSplits(evaluation)}${some}`,
    [heat("right"), heat("wrong")],
    {
      height: 150 + side * shown.length,
      margin: {},
      meta: { minWidth: 150 + side * columns.length, maxWidth: 200 + 2 * side * columns.length },
      xaxis: { ...axis(columns), range: [-0.5, columns.length - 0.5], tickangle: -90 },
      yaxis: { ...axis(columns.slice(0, shown.length)), range: [shown.length - 0.5, -0.5] },
    },
  );
}

/** All people, or those who stand most often in a mistake, in their order. */
function mostMistaken(all: readonly string[], records: readonly EvaluationRecord[]): string[] {
  if (all.length <= MOST_PEOPLE) return [...all];
  const mistakes = new Map(all.map((label) => [label, 0]));
  for (const { correct, label, answer, predicted } of records) {
    if (correct) continue;
    mistakes.set(label, mistakes.get(label)! + 1);
    if (answer === "person") mistakes.set(predicted, mistakes.get(predicted)! + 1);
  }
  // sort is stable: among equals the order of the names holds.
  const chosen = new Set(all.toSorted((a, b) => mistakes.get(b)! - mistakes.get(a)!).slice(0, MOST_PEOPLE));
  return all.filter((label) => chosen.has(label));
}
