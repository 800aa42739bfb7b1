import type { CalibrationBin } from "../metrics/calibration-curve.js";
import { type Figure, figure, type JsonObject } from "./figure.js";
import { plotlyText } from "./plotly-text.js";
import { seriesStyle } from "./series-style.js";

/** One line of {@link reliabilityFigure}. */
export interface NamedCalibration {
  readonly name: string;
  readonly curve: readonly CalibrationBin[];
}

/** Half the width of a bin that is alone: a line of one point would not be seen. */
const ALONE = 1;

/**
 * A reliability diagram: the share of right answers over their confidence, both in %, with a line for each method and the diagonal on which
 * confidences are probabilities. Below it the method is too sure, above it not sure enough.
 * @param curves of `calibrationCurve`; a curve of a single bin is drawn as a short level line.
 * @param fewest bins with fewer answers are left out, >= 1: chance alone moves them up and down.
 */
export function reliabilityFigure(
  title: string,
  subtitle: string,
  curves: readonly NamedCalibration[],
  { fewest = 1 }: { readonly fewest?: number } = {},
): Figure {
  const diagonal: JsonObject = {
    type: "scatter",
    mode: "lines",
    name: "a probability",
    x: [0, 100],
    y: [0, 100],
    line: { color: "#8a8f98", dash: "dot", width: 1 },
  };
  const lines = curves.map(({ name, curve }, i): JsonObject => {
    const shown = curve.filter(({ count }) => count >= fewest);
    const points = shown.map(({ confidence, right }) => [100 * confidence, 100 * right] as const);
    const [x, y] = points[0] ?? [0, 0];
    const drawn =
      points.length === 1 ? [[Math.max(0, x - ALONE), y] as const, [x + ALONE, y] as const] : points;
    return {
      type: "scatter",
      mode: "lines",
      name: plotlyText(name),
      x: drawn.map(([confidence]) => confidence),
      y: drawn.map(([, right]) => right),
      line: seriesStyle(i),
    };
  });
  return figure(title, subtitle, [diagonal, ...lines], {
    height: 480,
    margin: { l: 56, r: 16, t: 48, b: 56 },
    showlegend: true,
    legend: { orientation: "h", x: 0, xanchor: "left", y: 1, yanchor: "bottom" },
    xaxis: { title: { text: "confidence of the answer, %" }, range: [0, 100] },
    yaxis: { title: { text: "right answers, %" }, range: [0, 100] },
  });
}
