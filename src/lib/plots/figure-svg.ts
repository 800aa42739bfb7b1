import { InputError } from "../errors.js";
import { type BarMode, barSvg } from "./bar-svg.js";
import type { Figure, Json, JsonObject } from "./figure.js";
import type { FigureAxis } from "./figure-axis.js";
import { type Options, type Panel, panelsOf, plotArea, turnOf } from "./figure-panels.js";
import { heatmapSvg } from "./heatmap-svg.js";
import { scatterKey, scatterSvg } from "./scatter-svg.js";
import { seriesStyle } from "./series-style.js";
import { LETTER, plainLines, round, svgText } from "./svg-text.js";

const GRID = "#e4e4e4";
const LEGEND_ROW = 17;
/** Room for the title and the subtitle. */
const TOP = 50;
const KEY = 34;
/**
 * A figure as a static SVG, for where no script runs, such as a notebook on a code-hosting site: scatter (lines, markers, error bars),
 * bar (side by side or stacked) and heatmap traces on linear axes or axes of names, several panels, legend, straight lines
 * and annotations. Black on white, whatever the theme.
 * @param figure its `layout.height` is kept. @default 400
 * @param width in pixels.
 * @throws InputError on another type of trace or axis.
 */
export function figureSvg({ data, layout }: Figure, width = 720): string {
  const height = Number(layout.height ?? 400);
  const styled = data.map((trace, i) => ({ trace, colour: traceColour(trace, i) }));
  const strange = data.find(({ type = "scatter" }) => !["scatter", "bar", "heatmap"].includes(String(type)));
  if (strange !== undefined) {
    throw new InputError(`cannot draw trace: ${String(strange.type)} (must be scatter, bar or heatmap)`);
  }
  const legend = legendSvg(styled, layout, width);
  const panels = panelsOf(
    styled,
    layout,
    plotArea(layout, data, { width, height, top: TOP + legend.height }),
  );
  const { text = "", subtitle } = (layout.title ?? {}) as { text?: string; subtitle?: { text: string } };
  const lines = panels.map((panel, i) => panelSvg(panel, layout, i));
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="${width}" height="${height}" fill="#ffffff"/>
${svgText(text, { x: 8, y: 20, size: 15 })}
${svgText(subtitle?.text ?? "", { x: 8, y: 38, size: 12 })}
${legend.svg}
${lines.join("\n")}
${annotationsSvg(layout, panels[0])}
</svg>
`;
}

function traceColour({ line, marker }: JsonObject, i: number): string {
  const given = (line as Options | undefined)?.color ?? (marker as Options | undefined)?.color;
  return typeof given === "string" ? given : seriesStyle(i).color;
}

function panelSvg({ traces, x, y, area, named }: Panel, layout: JsonObject, index: number): string {
  const { left, right, top, bottom } = area;
  const longest = Math.max(0, ...x.ticks.map(({ text }) => LETTER * (plainLines(text)[0] ?? "").length));
  const turn = turnOf(layout, longest, right - left);
  const vertical = x.ticks.map(({ at, text }) => {
    const place =
      turn === 0
        ? { x: at, y: bottom + 16, anchor: "middle" as const }
        : { x: at + 4, y: bottom + 8, anchor: "end" as const, turn };
    return `${x.showsGrid ? rule(at, top, at, bottom) : ""}${named ? svgText(text, place) : ""}`;
  });
  const horizontal = y.ticks.map(
    ({ at, text }) =>
      `${y.showsGrid ? rule(left, at, right, at) : ""}${svgText(text, { x: left - 6, y: at + 4, anchor: "end" })}`,
  );
  const shapes = index === 0 ? ((layout.shapes ?? []) as readonly Options[]) : [];
  const marks = shapes.map((shape) => {
    const of = (
      axis: FigureAxis,
      value: Json | undefined,
      ref: Json | undefined,
      [from, to]: readonly [number, number],
    ): number => (ref === "paper" ? from + Number(value) * (to - from) : axis.place(value ?? null));
    const colour = String((shape.line as Options | undefined)?.color ?? "#888888");
    const [x0, x1] = [shape.x0, shape.x1].map((value) => of(x, value, shape.xref, [left, right])) as [
      number,
      number,
    ];
    const [y0, y1] = [shape.y0, shape.y1].map((value) => of(y, value, shape.yref, [bottom, top])) as [
      number,
      number,
    ];
    return rule(x0, y0, x1, y1, colour);
  });
  const clip = `frame${index}`;
  return `${vertical.join("")}${horizontal.join("")}
<clipPath id="${clip}"><rect x="${round(left - 6)}" y="${round(top - 6)}" width="${round(right - left + 12)}" height="${round(bottom - top + 12)}"/></clipPath>
<g clip-path="url(#${clip})">${marks.join("")}${tracesSvg(traces, x, y, layout)}</g>
${svgText(named ? x.title : "", { x: (left + right) / 2, y: bottom + (turn === 0 ? 36 : longest + 24), anchor: "middle" })}
${svgText(y.title, { x: 14, y: (top + bottom) / 2, anchor: "middle", turn: -90 })}`;
}

function tracesSvg(
  traces: Panel["traces"],
  x: FigureAxis,
  y: FigureAxis,
  { barmode, bargap }: JsonObject,
): string {
  const bars = traces.filter(({ trace }) => trace.type === "bar");
  const below = barmode === "stack" ? new Map<string, number>() : undefined;
  return traces
    .map(({ trace, colour }) => {
      if (trace.type === "heatmap") return heatmapSvg(trace, x, y);
      if (trace.type !== "bar") return scatterSvg(trace, x, y, colour);
      const index = bars.findIndex((bar) => bar.trace === trace);
      const side = below === undefined ? { count: bars.length, index } : { count: 1, index: 0 };
      const mode: BarMode = { side, below, gap: Number(bargap ?? 0.2) };
      return barSvg(trace, x, y, colour, mode);
    })
    .join("");
}

/** Rows of keys and names above the panels; none for a single trace that nobody asked a legend for. */
function legendSvg(
  styled: Panel["traces"],
  { showlegend }: JsonObject,
  width: number,
): { svg: string; height: number } {
  const named = styled.filter(
    ({ trace }) =>
      trace.name !== undefined && trace.name !== "" && trace.showlegend !== false && trace.type !== "heatmap",
  );
  const shown = showlegend === false || (named.length < 2 && showlegend !== true) ? [] : named;
  const lengths = shown.map(({ trace }) => KEY + 14 + LETTER * (plainLines(trace.name)[0] ?? "").length);
  const column = Math.min(width - 16, Math.max(90, ...lengths));
  const columns = Math.max(1, Math.floor((width - 16) / column));
  const keys = shown.map(({ trace, colour }, i) => {
    const [x, y] = [8 + (i % columns) * column, TOP + LEGEND_ROW * Math.floor(i / columns)];
    const key =
      trace.type === "bar"
        ? `<rect x="${round(x + 8)}" y="${y - 6}" width="12" height="12" fill="${colour}"/>`
        : scatterKey(trace, x, y, colour);
    return key + svgText(trace.name, { x: x + KEY - 4, y: y + 4 });
  });
  return {
    svg: keys.join(""),
    height: shown.length === 0 ? 4 : LEGEND_ROW * Math.ceil(shown.length / columns) + 4,
  };
}

/** Texts that stand in or beside the first panel. */
function annotationsSvg(layout: JsonObject, panel: Panel | undefined): string {
  if (panel === undefined) return "";
  const { left, right, top, bottom } = panel.area;
  return ((layout.annotations ?? []) as readonly Options[])
    .map((one) => {
      const x = one.xref === "paper" ? left + Number(one.x) * (right - left) : panel.x.place(one.x ?? 0);
      const y = one.yref === "paper" ? bottom - Number(one.y) * (bottom - top) : panel.y.place(one.y ?? 0);
      const anchor = one.xanchor === "right" ? "end" : one.xanchor === "left" ? "start" : "middle";
      const size = Number((one.font as Options | undefined)?.size ?? 11);
      const under = one.yanchor === "top" ? size : 4;
      return svgText(one.text, {
        x: x + Number(one.xshift ?? 0),
        y: y - Number(one.yshift ?? 0) + under,
        anchor,
        size,
      });
    })
    .join("");
}

function rule(x1: number, y1: number, x2: number, y2: number, colour = GRID): string {
  return `<path d="M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}" stroke="${colour}"/>`;
}
