import type { Evaluation, FitReport } from "../evaluation/evaluate.js";
import { colours, type Figure, figure, type JsonObject } from "./figure.js";
import { plotlyText, TICK_LENGTH } from "./plotly-text.js";

/** What a network's `chosen` tells of each epoch, the part it is of, and the panel it is drawn in. */
const curves = [
  { key: "loss", part: "training", axis: "y" },
  { key: "valLoss", part: "validation", axis: "y" },
  { key: "accuracy", part: "training", axis: "y2" },
  { key: "valAccuracy", part: "validation", axis: "y2" },
] as const;

/**
 * Loss and accuracy of the training and the validation part after each epoch, a line for each repeat.
 * @returns undefined for a classifier that learns in no epochs, or was not run.
 */
export function learningCurveFigure({ fits }: Evaluation, classifier: string): Figure | undefined {
  const own = fits.filter((fit) => fit.classifier === classifier && numbers(fit, "loss").length > 0);
  if (own.length === 0) return undefined;
  const data = curves.flatMap(({ key, part, axis }): JsonObject[] =>
    own
      .filter((fit) => numbers(fit, key).length > 0)
      .map((fit, i) => ({
        type: "scatter",
        mode: numbers(fit, key).length === 1 ? "markers" : "lines",
        name: part,
        legendgroup: part,
        showlegend: axis === "y" && i === 0,
        x: numbers(fit, key).map((_, epoch) => epoch + 1),
        y: numbers(fit, key).map((value) => (axis === "y2" ? 100 * value : value)),
        xaxis: axis === "y" ? "x" : "x2",
        yaxis: axis,
        line: { width: 1.5, color: part === "training" ? colours.right : colours.wrong },
        marker: { color: part === "training" ? colours.right : colours.wrong },
        opacity: 0.85,
        hovertemplate: `epoch %{x}: %{y:.${axis === "y" ? 3 : 1}f}<br>${part}, split ${fit.repeat + 1}<extra></extra>`,
      })),
  );
  const epochs = { title: { text: "epoch" }, rangemode: "tozero", fixedrange: true, zeroline: false };
  return figure(
    `Learning curves of ${plotlyText(classifier, TICK_LENGTH)}`,
    "loss (left) and accuracy in % (right)",
    data,
    {
      height: 280,
      margin: { l: 44, t: 24 },
      legend: { orientation: "h", x: 0, xanchor: "left", y: 1, yanchor: "bottom" },
      showlegend: true,
      xaxis: { ...epochs, domain: [0, 0.44] },
      xaxis2: { ...epochs, domain: [0.56, 1], anchor: "y2" },
      yaxis: { rangemode: "tozero", fixedrange: true },
      yaxis2: { range: [0, 101], fixedrange: true, anchor: "x2" },
    },
  );
}

function numbers({ chosen }: FitReport, key: string): readonly number[] {
  const value = chosen[key];
  return Array.isArray(value) ? (value as readonly number[]) : [];
}
