import { InputError } from "../errors.js";
import type { Figure, Json, JsonObject } from "./figure.js";

const INK = "#333333";
const GRID = "#e4e4e4";
const FONT = 'font-family="sans-serif"';
const DASHES: Readonly<Record<string, string>> = {
  solid: "",
  dash: ' stroke-dasharray="8 5"',
  dot: ' stroke-dasharray="2 4"',
};
const MARGIN = { left: 60, right: 20, top: 84, bottom: 48 };
const LEGEND_COLUMNS = 3;
/** What has room above the lines without pushing them down. */
const LEGEND_ROWS = 2;
const LEGEND_HEIGHT = 16;

/**
 * A figure of lines as an SVG, for a page that runs no script, as a README: lines (straight or `hv` staircases), both axes with their
 * titles and, where they are given, their ticks, vertical and other straight marks, legend. What else Plotly can draw it refuses. Black on white, whatever the theme.
 * @param figure with `xaxis.range` and `yaxis.range`, both rising and linear.
 * @throws InputError on a trace that is no line or an axis without a range.
 */
export function lineFigureSvg({ data, layout }: Figure, width = 720): string {
  const height = Number(layout.height);
  const [xs, ys] = [axis(layout, "xaxis"), axis(layout, "yaxis")];
  const legendRows = Math.ceil(data.length / LEGEND_COLUMNS);
  const top = MARGIN.top + LEGEND_HEIGHT * Math.max(0, legendRows - LEGEND_ROWS);
  const x = (value: number): number => place(value, xs.range, MARGIN.left, width - MARGIN.right);
  const y = (value: number): number => place(value, ys.range, height - MARGIN.bottom, top);
  const { text, subtitle } = layout.title as { text: string; subtitle?: { text: string } };
  const [left, right, bottom] = [MARGIN.left, width - MARGIN.right, height - MARGIN.bottom];
  const grid = [
    ...xs.ticks.map(
      ({ at, text }) =>
        `${line(x(at), top, x(at), bottom, GRID)}${label(text, x(at), bottom + 16, "middle")}`,
    ),
    ...ys.ticks.map(
      ({ at, text }) => `${line(left, y(at), right, y(at), GRID)}${label(text, left - 6, y(at) + 4, "end")}`,
    ),
  ];
  const marks = ((layout.shapes ?? []) as unknown as Mark[]).map((mark) =>
    line(x(mark.x0), y(mark.y0), x(mark.x1), y(mark.y1), mark.line.color),
  );
  const legend = data.map((trace, i) => {
    const from = left + (i % LEGEND_COLUMNS) * ((right - left) / LEGEND_COLUMNS);
    const at = 56 + LEGEND_HEIGHT * Math.floor(i / LEGEND_COLUMNS);
    return `${stroke(`M${from} ${at}h24`, trace)}${label(String(trace.name), from + 30, at + 4, "start")}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="${width}" height="${height}" fill="#ffffff"/>
<text x="8" y="20" font-size="15" ${FONT} fill="${INK}">${text}</text>
<text x="8" y="38" font-size="12" ${FONT} fill="${INK}">${subtitle?.text ?? ""}</text>
${[...grid, ...marks].join("\n")}
<clipPath id="frame"><rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}"/></clipPath>
<g clip-path="url(#frame)">
${data.map((trace) => stroke(path(trace, x, y), trace)).join("\n")}
</g>
${legend.join("\n")}
${label(xs.title, (left + right) / 2, height - 10, "middle")}
<text transform="translate(14 ${(top + bottom) / 2}) rotate(-90)" font-size="11" ${FONT} text-anchor="middle" fill="${INK}">${ys.title}</text>
</svg>
`;
}

interface Mark {
  readonly x0: number;
  readonly x1: number;
  readonly y0: number;
  readonly y1: number;
  readonly line: { readonly color: string };
}

interface Axis {
  readonly title: string;
  readonly range: [number, number];
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

function axis(layout: JsonObject, name: string): Axis {
  const { range, title, tickvals, ticktext } = (layout[name] ?? {}) as {
    range?: [number, number];
    title?: { text: string };
    tickvals?: readonly number[];
    ticktext?: readonly string[];
  };
  if (range === undefined || !(range[0] < range[1]))
    throw new InputError(`no rising range of ${name} in the figure`);
  const named = { title: title?.text ?? "", range };
  if (tickvals !== undefined) {
    return { ...named, ticks: tickvals.map((at, i) => ({ at, text: ticktext?.[i] ?? String(at) })) };
  }
  // Five to ten steps of 1, 2 or 5 times a power of ten.
  const rough = (range[1] - range[0]) / 10;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * (1 - 1e-9))!;
  const first = Math.ceil(range[0] / step - 1e-9);
  const count = Math.floor(range[1] / step + 1e-9) - first + 1;
  return {
    ...named,
    ticks: Array.from({ length: count }, (_, i) => {
      const at = Number(((first + i) * step).toPrecision(12));
      return { at, text: String(at) };
    }),
  };
}

function place(value: number, [low, high]: readonly [number, number], from: number, to: number): number {
  return Number((from + ((value - low) / (high - low)) * (to - from)).toFixed(2));
}

function path(trace: JsonObject, x: (value: number) => number, y: (value: number) => number): string {
  const [xs, ys] = [trace.x, trace.y] as [readonly number[] | undefined, readonly number[] | undefined];
  if (trace.type !== "scatter" || trace.mode !== "lines" || xs?.length !== ys?.length || xs === undefined) {
    throw new InputError(
      `cannot draw trace: ${String(trace.type)} ${String(trace.mode)} (must be scatter lines)`,
    );
  }
  const stairs = (trace.line as JsonObject).shape === "hv";
  return xs
    .map((value, i) => (i === 0 ? `M${x(value)} ` : stairs ? `H${x(value)}V` : `L${x(value)} `) + y(ys![i]!))
    .join("");
}

function stroke(d: string, trace: JsonObject): string {
  const { color, dash, width } = trace.line as Readonly<Record<string, Json>>;
  return `<path d="${d}" fill="none" stroke="${color}" stroke-width="${width ?? 2}"${DASHES[String(dash ?? "solid")] ?? ""}/>`;
}

function line(x1: number, y1: number, x2: number, y2: number, colour: string): string {
  return `<path d="M${x1} ${y1}L${x2} ${y2}" stroke="${colour}"/>`;
}

function label(text: string, x: number, y: number, anchor: "start" | "middle" | "end"): string {
  return `<text x="${x}" y="${y}" font-size="11" ${FONT} text-anchor="${anchor}" fill="${INK}">${text}</text>`;
}
