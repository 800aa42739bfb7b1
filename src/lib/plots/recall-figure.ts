import type { Evaluation } from "../evaluation/evaluate.js";
import { classifierRecords, overSplits } from "./classifier-records.js";
import { colours, type Figure, figure, MOST_PEOPLE } from "./figure.js";
import { plotlyText, TICK_LENGTH } from "./plotly-text.js";

/**
 * Of each person's test photos the part that was named rightly, over all repeats, the worst first; photos without a face
 * count as wrong. With more than 40 people the 40 worst.
 * @throws InputError on a classifier that was not run.
 */
export function recallFigure(evaluation: Evaluation, classifier: string): Figure {
  const people = new Map<string, { right: number; all: number }>();
  for (const { label, correct } of classifierRecords(evaluation, classifier)) {
    const { right, all } = people.get(label) ?? { right: 0, all: 0 };
    people.set(label, { right: right + Number(correct), all: all + 1 });
  }
  const worst = [...people]
    .map(([label, counts]) => ({ label, ...counts, recall: (100 * counts.right) / counts.all }))
    .sort((a, b) => a.recall - b.recall);
  const shown = worst.slice(0, MOST_PEOPLE);
  const some = shown.length < worst.length ? `; the ${shown.length} worst of ${worst.length} people` : "";
  const row = shown.length > 20 ? 15 : 22;
  return figure(
    "Recall of each person",
    `${overSplits(evaluation)}${some}`,
    [
      {
        type: "bar",
        orientation: "h",
        x: shown.map(({ recall }) => recall),
        y: shown.map((_, i) => i),
        marker: { color: colours.right },
        text: shown.map(({ recall }) => recall.toFixed(recall === 100 || recall === 0 ? 0 : 1)),
        textposition: "auto",
        textfont: { size: row < 19 ? 9 : 11 },
        constraintext: "none",
        hoverinfo: "text",
        hovertext: shown.map(({ label, right, all }) => `${plotlyText(label)}<br>${right} of ${all} photos`),
      },
    ],
    {
      height: 64 + row * shown.length,
      margin: { r: 24 },
      bargap: 0.2,
      xaxis: { title: { text: "named rightly, %" }, range: [0, 100], fixedrange: true },
      yaxis: {
        tickvals: shown.map((_, i) => i),
        ticktext: shown.map(({ label }) => plotlyText(label, TICK_LENGTH)),
        tickfont: { size: row < 19 ? 10 : 12 },
        range: [shown.length - 0.4, -0.6],
        showgrid: false,
        zeroline: false,
        automargin: true,
        fixedrange: true,
      },
    },
  );
}
