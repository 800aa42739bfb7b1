import { type Figure, figure, type JsonObject } from "./figure.js";
import { plotlyText } from "./plotly-text.js";
import { seriesStyle } from "./series-style.js";

/** One line of {@link linesFigure}: `x` and `y` of one length. */
export interface NamedLine {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** One axis of {@link linesFigure}, rising. */
export interface LineAxis {
  readonly title: string;
  readonly range: readonly [number, number];
  /** Where there are marks, and what stands at them. @default some round numbers */
  readonly ticks?: readonly { readonly at: number; readonly text: string }[];
}

/**
 * Any number of named lines over one pair of linear axes; a logarithmic one is made by giving logarithms, and {@link powersOfTen} as the axis.
 * @param stairs draw each line as a staircase: its value holds up to the next `x`. @default false
 */
export function linesFigure(
  title: string,
  subtitle: string,
  lines: readonly NamedLine[],
  { x, y, stairs = false }: { readonly x: LineAxis; readonly y: LineAxis; readonly stairs?: boolean },
): Figure {
  return figure(
    title,
    subtitle,
    lines.map((line, i) => ({
      type: "scatter",
      mode: "lines",
      name: plotlyText(line.name),
      x: line.x,
      y: line.y,
      line: { ...seriesStyle(i), ...(stairs ? { shape: "hv" } : {}) },
    })),
    {
      height: 420,
      margin: { l: 56, r: 16, t: 48, b: 56 },
      showlegend: true,
      legend: { orientation: "h", x: 0, xanchor: "left", y: 1, yanchor: "bottom" },
      dragmode: "zoom",
      xaxis: axis(x),
      yaxis: axis(y),
    },
  );
}

/** An axis of powers of ten, for lines whose values are logarithms: its marks say what the values are. */
export function powersOfTen(title: string, from: number, to: number): LineAxis {
  const powers = Array.from({ length: Math.floor(to) - Math.ceil(from) + 1 }, (_, i) => Math.ceil(from) + i);
  const text = (power: number): string => (power < 0 ? (10 ** power).toFixed(-power) : String(10 ** power));
  return { title, range: [from, to], ticks: powers.map((at) => ({ at, text: text(at) })) };
}

function axis({ title, range, ticks }: LineAxis): JsonObject {
  const marks = ticks && { tickvals: ticks.map(({ at }) => at), ticktext: ticks.map(({ text }) => text) };
  return { title: { text: title }, range, ...marks };
}
