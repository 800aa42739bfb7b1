import type { Json, JsonObject } from "./figure.js";
import { type FigureAxis, figureAxis } from "./figure-axis.js";
import { LETTER, plainLines } from "./svg-text.js";

/** The part of a figure's range that is free about points, as Plotly leaves it. */
const PADDING = 0.05;

/** A part of a layout. */
export type Options = Readonly<Record<string, Json>>;

/** An area between two axes. */
export interface Panel {
  readonly traces: readonly { readonly trace: JsonObject; readonly colour: string }[];
  readonly x: FigureAxis;
  readonly y: FigureAxis;
  readonly area: Area;
  /** Whether the names along x stand here: panels above each other share them. */
  readonly named: boolean;
}

/** A rectangle in pixels. */
export interface Area {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** What is left for the panels: names beside an axis take the room that they need. */
export function plotArea(
  layout: JsonObject,
  data: readonly JsonObject[],
  { width, height, top }: { width: number; height: number; top: number },
): Area {
  const margin = (layout.margin ?? {}) as Readonly<Partial<Record<"l" | "r" | "b", number>>>;
  const longest = (name: "xaxis" | "yaxis", values: "x" | "y"): number => {
    const { ticktext, tickvals } = (layout[name] ?? {}) as {
      ticktext?: readonly string[];
      tickvals?: readonly Json[];
    };
    const names = data
      .flatMap((trace) => (Array.isArray(trace[values]) ? (trace[values] as Json[]) : []))
      .filter((value) => typeof value === "string");
    return Math.max(
      0,
      ...(ticktext ?? tickvals?.map(String) ?? [...new Set(names)]).map(
        (text) => LETTER * (plainLines(text)[0] ?? "").length,
      ),
    );
  };
  const titled = (name: string): number =>
    (layout[name] as { title?: unknown } | undefined)?.title === undefined ? 0 : 18;
  const upright = turnOf(layout, longest("xaxis", "x"), width) !== 0;
  return {
    left: Math.max(margin.l ?? 50, longest("yaxis", "y") + 22 + titled("yaxis")),
    right: width - Math.max(margin.r ?? 16, 16),
    top,
    bottom:
      height -
      Math.max(
        Math.min(margin.b ?? 44, 60),
        upright ? longest("xaxis", "x") + 20 + titled("xaxis") : 30 + titled("xaxis"),
      ),
  };
}

/** Whether names below an axis have to stand upright, -90, or lie, 0. */
export function turnOf(layout: JsonObject, longest: number, width: number): number {
  const { tickangle, ticktext } = (layout.xaxis ?? {}) as {
    tickangle?: number;
    ticktext?: readonly string[];
  };
  if (tickangle !== undefined) return tickangle;
  return ticktext !== undefined && ticktext.length * (longest + 8) > width ? -90 : 0;
}

/** Traces by the pair of axes that they are drawn on, with these axes. */
export function panelsOf(styled: Panel["traces"], layout: JsonObject, area: Area): Panel[] {
  const groups = new Map<string, { trace: JsonObject; colour: string }[]>();
  for (const one of styled) {
    const key = `${String(one.trace.xaxis ?? "x")} ${String(one.trace.yaxis ?? "y")}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups].map(([key, traces]) => {
    const [x, y] = key.split(" ").map((name) => name.replace(/^([xy])/, "$1axis")) as [string, string];
    const part = inDomains(layout, x, y, area);
    const markers = traces.some(({ trace }) => String(trace.mode ?? "").includes("markers"));
    const padding = markers ? PADDING : 0;
    const values = (axis: "x" | "y") =>
      traces
        .flatMap(({ trace }) => valuesAlong(trace, axis))
        .concat(layout.barmode === "stack" ? stackedTotals(traces, axis) : []);
    const anchor = (layout[x] as Options | undefined)?.anchor;
    return {
      traces,
      area: part,
      named: anchor === undefined || anchor === key.split(" ")[1],
      x: figureAxis({ layout, name: x, values: values("x"), pixels: [part.left, part.right], padding }),
      y: figureAxis({
        layout,
        name: y,
        values: values("y"),
        pixels: [part.bottom, part.top],
        padding: PADDING,
      }),
    };
  });
}

function inDomains(layout: JsonObject, x: string, y: string, { left, right, top, bottom }: Area): Area {
  const domain = (name: string): [number, number] =>
    ((layout[name] as Options | undefined)?.domain as [number, number]) ?? [0, 1];
  const [[fromX, toX], [fromY, toY]] = [domain(x), domain(y)];
  return {
    left: left + fromX * (right - left),
    right: left + toX * (right - left),
    top: bottom - toY * (bottom - top),
    bottom: bottom - fromY * (bottom - top),
  };
}

/** What an axis has to reach: points with their error bars, bars from zero on, the cells of a heat map. */
function valuesAlong(trace: JsonObject, axis: "x" | "y"): Json[] {
  const own = (Array.isArray(trace[axis]) ? trace[axis] : undefined) as readonly Json[] | undefined;
  if (trace.type === "heatmap") {
    const rows = trace.z as readonly (readonly Json[])[];
    const count = axis === "x" ? (rows[0]?.length ?? 0) : rows.length;
    if (own?.some((value) => typeof value === "string")) return [...own];
    const places = (own ?? [...Array(count).keys()]).map(Number);
    const half = places.length > 1 ? (places[1]! - places[0]!) / 2 : 0.5;
    return [...places, places[0]! - half, places.at(-1)! + half];
  }
  const values = (own ?? []).filter((value) => value !== null);
  if (trace.type === "bar") {
    const along = axis === (trace.orientation === "h" ? "x" : "y");
    if (along) return [0, ...values];
    return values.some((value) => typeof value === "string")
      ? values
      : values.flatMap((value) => [
          Number(value) - 0.5 * Number(trace.width ?? 1),
          Number(value) + 0.5 * Number(trace.width ?? 1),
        ]);
  }
  const error = trace[`error_${axis}`] as
    | { array?: readonly number[]; arrayminus?: readonly number[] }
    | undefined;
  if (error?.array === undefined) return values;
  return values.flatMap((value, i) => [
    Number(value) - ((error.arrayminus ?? error.array)?.[i] ?? 0),
    Number(value) + (error.array?.[i] ?? 0),
  ]);
}

/** How far bars on top of each other reach. */
function stackedTotals(traces: Panel["traces"], axis: "x" | "y"): number[] {
  const totals = new Map<string, number>();
  for (const { trace } of traces) {
    const flat = trace.orientation === "h";
    if (trace.type !== "bar" || axis !== (flat ? "x" : "y")) continue;
    const [places, lengths] = (flat ? [trace.y, trace.x] : [trace.x, trace.y]) as [
      readonly Json[],
      readonly number[],
    ];
    for (const [i, place] of places.entries()) {
      totals.set(String(place), (totals.get(String(place)) ?? 0) + (lengths[i] ?? 0));
    }
  }
  return [...totals.values()];
}
