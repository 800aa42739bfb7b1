import { type Figure, figure } from "./figure.js";
import { plotlyText } from "./plotly-text.js";
import { seriesStyle } from "./series-style.js";

/** One line of {@link accuracyCurveFigure}. */
export interface AccuracyLine {
  readonly name: string;
  /** Places on the axis, rising. */
  readonly x: readonly number[];
  /** Accuracy at each of them, 0..1. */
  readonly y: readonly number[];
  /** Measured by somebody else: grey and dotted. @default false */
  readonly published?: boolean;
}

const PUBLISHED = { color: "#333333", dash: "dot", width: 3 };

/**
 * Accuracy in % over something that grows, as the number of people: straight lines from place to place, a tick at each place.
 * @param xTitle of the axis of places.
 * @param logarithmic whether that axis is; then all places are > 0.
 * @param lowest accuracy at which the other axis begins, [0, 1).
 */
export function accuracyCurveFigure(
  title: string,
  subtitle: string,
  lines: readonly AccuracyLine[],
  options: { readonly xTitle: string; readonly logarithmic: boolean; readonly lowest: number },
): Figure {
  const at = (value: number): number => (options.logarithmic ? Math.log10(value) : value);
  const places = [...new Set(lines.flatMap(({ x }) => x))].sort((a, b) => a - b);
  const ends = [at(places[0] as number), at(places.at(-1) as number)] as const;
  let drawn = 0;
  return figure(
    title,
    subtitle,
    lines.map(({ name, x, y, published = false }) => {
      const i = published ? 0 : drawn++;
      const own = seriesStyle(i);
      return {
        type: "scatter",
        mode: "lines",
        name: plotlyText(name),
        x: x.map(at),
        y: y.map((accuracy) => 100 * accuracy),
        line: published ? PUBLISHED : own,
      };
    }),
    {
      height: 440,
      margin: { l: 56, r: 16, t: 72, b: 56 },
      showlegend: true,
      legend: { orientation: "h", x: 0, xanchor: "left", y: 1, yanchor: "bottom" },
      dragmode: "zoom",
      xaxis: {
        title: { text: options.xTitle },
        range: ends,
        tickvals: places.map(at),
        ticktext: places.map((place) => place.toLocaleString("en")),
      },
      yaxis: { title: { text: "accuracy, %" }, range: [100 * options.lowest, 100] },
    },
  );
}
