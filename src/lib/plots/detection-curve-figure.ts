import type { DetectionCurvePoint } from "../metrics/detection-curve.js";
import { colours, type Figure, figure, type JsonObject } from "./figure.js";
import { plotlyText } from "./plotly-text.js";

/** One line of {@link detectionCurveFigure}. */
export interface NamedDetectionCurve {
  readonly name: string;
  readonly curve: readonly DetectionCurvePoint[];
  /** That can be found, >= 1. */
  readonly faces: number;
  readonly colour: keyof typeof colours;
  readonly dash: "solid" | "dash" | "dot";
}

/**
 * Recall over false positives of some detectors, each line a staircase that ends where its detector has no more to give.
 * @param mostFalsePositives where the axis ends, >= 1.
 * @param marked number of false positives at which a line stands.
 */
export function detectionCurveFigure(
  title: string,
  subtitle: string,
  curves: readonly NamedDetectionCurve[],
  { mostFalsePositives, marked }: { readonly mostFalsePositives: number; readonly marked: number },
): Figure {
  return figure(
    title,
    subtitle,
    curves.map((one) => trace(one, mostFalsePositives)),
    {
      height: 420,
      margin: { l: 56, r: 16, t: 24, b: 56 },
      showlegend: true,
      legend: { orientation: "h", x: 0, xanchor: "left", y: 1, yanchor: "bottom" },
      dragmode: "zoom",
      xaxis: { title: { text: "false positives" }, range: [0, mostFalsePositives] },
      yaxis: { title: { text: "recall, %" }, range: [0, 100] },
      shapes: [
        { type: "line", x0: marked, x1: marked, y0: 0, y1: 100, line: { color: colours.other, width: 1 } },
      ],
    },
  );
}

/** The best recall at each number of false positives. */
function trace({ name, curve, faces, colour, dash }: NamedDetectionCurve, most: number): JsonObject {
  const best = new Map<number, number>([[0, 0]]);
  for (const { hits, falsePositives } of curve) {
    if (falsePositives <= most) best.set(falsePositives, (100 * hits) / faces);
  }
  return {
    type: "scatter",
    mode: "lines",
    name: plotlyText(name),
    x: [...best.keys()],
    y: [...best.values()],
    line: { color: colours[colour], dash, shape: "hv", width: 2 },
  };
}
