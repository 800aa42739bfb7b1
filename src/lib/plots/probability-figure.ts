import type { Evaluation, EvaluationRecord } from "../evaluation/evaluate.js";
import { classifierRecords, overSplits } from "./classifier-records.js";
import { colours, type Figure, figure, type Json, type JsonObject } from "./figure.js";

const BINS = 20;

/**
 * How sure the classifier was, as histograms of the most probable person's probability: right answers above, wrong ones
 * and `unknown` below, each with an axis of its own, since there are many more of the former. Photos without a face have none.
 * @throws InputError on a classifier that was not run.
 */
export function probabilityFigure(evaluation: Evaluation, classifier: string): Figure {
  const records = classifierRecords(evaluation, classifier);
  const right = records.filter(({ correct }) => correct);
  const unknown = records.filter(({ answer }) => answer === "unknown");
  const wrong = records.filter(({ answer, correct }) => answer === "person" && !correct);
  const axis = (shown: readonly EvaluationRecord[]): Record<string, Json> => ({
    rangemode: "tozero",
    fixedrange: true,
    title: { text: "photos" },
    // Photos are whole ones, also where there are few or none.
    ...(shown.length <= 4 ? { dtick: 1, range: [0, Math.max(1, shown.length)] } : {}),
  });
  return figure(
    "Probability of the most probable person",
    overSplits(evaluation),
    [
      histogram("right", right, colours.right, "y"),
      histogram("wrong name", wrong, colours.wrong, "y2"),
      histogram("unknown", unknown, colours.other, "y2"),
    ],
    {
      height: 350,
      margin: { l: 56, t: 44 },
      barmode: "stack",
      bargap: 0.05,
      showlegend: true,
      xaxis: { range: [0, 1], fixedrange: true, title: { text: "probability" }, anchor: "y2" },
      legend: { orientation: "h", x: 0, y: 1, yanchor: "bottom", traceorder: "normal" },
      yaxis: { ...axis(right), domain: [0.55, 1] },
      yaxis2: { ...axis([...wrong, ...unknown]), domain: [0, 0.45] },
    },
  );
}

function histogram(
  name: string,
  records: readonly EvaluationRecord[],
  color: string,
  yaxis: "y" | "y2",
): JsonObject {
  const counts = new Array<number>(BINS).fill(0);
  for (const { probability } of records) {
    // 1 belongs to the last bin.
    if (probability !== null) counts[Math.min(BINS - 1, Math.floor(probability * BINS))]!++;
  }
  const edge = (bin: number): string => (bin / BINS).toFixed(2);
  return {
    type: "bar",
    name: `${name} (${records.length})`,
    x: counts.map((_, bin) => (bin + 0.5) / BINS),
    y: counts,
    width: 0.94 / BINS,
    xaxis: "x",
    yaxis,
    marker: { color },
    hoverinfo: "text",
    hovertext: counts.map((count, bin) => `${edge(bin)} to ${edge(bin + 1)}: ${count} ${name}`),
  };
}
