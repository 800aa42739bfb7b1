import { comparisonFrame, notRunReason } from "../evaluation/comparison-frame.js";
import type { Evaluation } from "../evaluation/evaluate.js";
import { wilsonInterval } from "../metrics/wilson-interval.js";
import { colours, type Figure, figure, type JsonObject } from "./figure.js";
import { plotlyText, TICK_LENGTH, wrapLines } from "./plotly-text.js";

const ROW = 34;

/** A share of right answers with both ends of its interval, all in percent. */
interface Accuracy {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The accuracy of each classifier, in the order in which they were given: a dot with its interval, which is the deviation
 * over the repeats, or Wilson's 95 % interval on a single split. Of all photos as well where some show no face.
 * Classifiers that were not run are named below with the reason.
 */
export function comparisonFigure(evaluation: Evaluation): Figure {
  const { splits, notRun, records } = evaluation;
  const frame = comparisonFrame(evaluation);
  const columns = new Map(frame.columns.map((name, i) => [String(name), i]));
  const table = (frame.values as unknown[][]).filter((row) => row[columns.get("notRun")!] === "");
  const names = table.map((row) => String(row[columns.get("classifier")!]));
  const without = records.some(({ answer }) => answer === "none");
  const series = (column: string, counts: (classifier: string) => [number, number]): (Accuracy | null)[] =>
    table.map((row, i) => {
      const [correct, all] = counts(names[i]!);
      if (all === 0) return null;
      const value = row[columns.get(column)!] as number;
      const deviation = row[columns.get(`${column}Deviation`)!] as number;
      const { low, high } =
        splits.length > 1
          ? { low: value - deviation, high: value + deviation }
          : wilsonInterval(correct, all);
      return { value: 100 * value, low: 100 * low, high: 100 * high };
    });
  const counted =
    (faces: boolean) =>
    (classifier: string): [number, number] => {
      const own = records.filter(
        (record) => record.classifier === classifier && !(faces && record.answer === "none"),
      );
      return [own.filter(({ correct }) => correct).length, own.length];
    };
  const ofFaces = series("accuracy", counted(true));
  const numbers = ofFaces.map((one) => (one === null ? "" : describe(one, splits.length > 1)));
  const found = trace("of the faces found", names, ofFaces, splits.length > 1);
  const all = trace("of all photos", names, series("accuracyOfAll", counted(false)), splits.length > 1);
  const interval = splits.length > 1 ? `deviation over ${splits.length} splits` : "Wilson's 95 % interval";
  const reasons = notRun.flatMap((one) => wrapLines(`${one.classifier}: ${notRunReason(one)}`, "   "));
  return figure("Accuracy", `with ${interval}`, without ? [found, all] : [found], {
    height: 74 + ROW * names.length + 16 * reasons.length,
    margin: { l: 48, r: 112, t: without ? 24 : 0, b: 60 + 16 * reasons.length },
    showlegend: without,
    legend: { orientation: "h", x: 0, xanchor: "left", y: 1, yanchor: "bottom" },
    dragmode: "zoom",
    xaxis: {
      title: { text: "right answers, %" },
      range: [-2, 102],
      zeroline: false,
      tickvals: [0, 20, 40, 60, 80, 100],
    },
    yaxis: {
      tickvals: names.map((_, i) => i),
      ticktext: names.map((name) => plotlyText(name, TICK_LENGTH)),
      range: [names.length - 0.4, -0.6],
      automargin: true,
      zeroline: false,
      fixedrange: true,
    },
    annotations: [
      ...names.map((_, i) => ({ ...besides, y: i, yref: "y", text: numbers[i]! })),
      ...(reasons.length === 0
        ? []
        : [{ ...below, text: reasons.map((line) => plotlyText(line)).join("<br>") }]),
    ],
  });
}

/** Where the numbers stand, and the classifiers that were not run. */
const besides = { xref: "paper", x: 1, xanchor: "left", yanchor: "middle", showarrow: false, xshift: 6 };
const below = {
  xref: "paper",
  x: 0,
  xanchor: "left",
  yref: "paper",
  y: 0,
  yanchor: "top",
  yshift: -62,
  align: "left",
  showarrow: false,
  font: { size: 11 },
};

function describe({ value, low, high }: Accuracy, several: boolean): string {
  return several
    ? `${value.toFixed(1)} \u00b1 ${(high - value).toFixed(1)}`
    : `${value.toFixed(1)} (${low.toFixed(0)}-${high.toFixed(0)})`;
}

function trace(
  name: "of the faces found" | "of all photos",
  names: readonly string[],
  values: readonly (Accuracy | null)[],
  several: boolean,
): JsonObject {
  const open = name === "of all photos";
  const color = open ? colours.other : colours.right;
  return {
    type: "scatter",
    mode: "markers",
    name,
    x: values.map((one) => one?.value ?? null),
    y: names.map((_, i) => i + (open ? 0.28 : 0)),
    error_x: {
      type: "data",
      symmetric: false,
      array: values.map((one) => (one === null ? 0 : one.high - one.value)),
      arrayminus: values.map((one) => (one === null ? 0 : one.value - one.low)),
      color,
      thickness: 2,
      width: 5,
    },
    marker: { size: 10, symbol: open ? "circle-open" : "circle", color },
    hoverinfo: "text",
    hovertext: values.map((one, i) =>
      one === null ? "" : `${plotlyText(names[i]!)}: ${describe(one, several)} % ${name}`,
    ),
  };
}
