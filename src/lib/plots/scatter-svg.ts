import { InputError } from "../errors.js";
import type { Json, JsonObject } from "./figure.js";
import type { FigureAxis } from "./figure-axis.js";
import { round } from "./svg-text.js";

type Style = Readonly<Record<string, Json>>;

const DASHES: Readonly<Record<string, string>> = {
  solid: "",
  dash: ' stroke-dasharray="8 5"',
  dot: ' stroke-dasharray="2 4"',
};

/** Shapes about (0, 0) that fit a square of side 2. */
const SYMBOLS: Readonly<Record<string, string>> = {
  square: "M-.9-.9H.9V.9H-.9Z",
  diamond: "M0-1.2L1.2 0L0 1.2L-1.2 0Z",
  cross: "M-1-.35H-.35V-1H.35V-.35H1V.35H.35V1H-.35V.35H-1Z",
  x: "M-1-.6L-.6-1L0-.4L.6-1L1-.6L.4 0L1 .6L.6 1L0 .4L-.6 1L-1 .6L-.4 0Z",
  "triangle-up": "M0-1.1L1 .8H-1Z",
  "triangle-down": "M0 1.1L-1-.8H1Z",
  star: "M0-1.2L.3-.35H1.1L.45.15L.7 1L0 .5L-.7 1L-.45.15L-1.1-.35H-.3Z",
};

/** A trace of points as part of an SVG: lines (straight or `hv` staircases), markers, error bars. @throws InputError on another mode. */
export function scatterSvg(trace: JsonObject, x: FigureAxis, y: FigureAxis, colour: string): string {
  const { mode, lines, markers } = modeOf(trace);
  if (!lines && !markers)
    throw new InputError(`cannot draw mode: ${mode} (must be lines, markers or lines+markers)`);
  const [xs, ys] = [trace.x ?? [], trace.y ?? []] as [readonly Json[], readonly Json[]];
  const points = xs.map((value, i) => ({
    i,
    x: round(x.place(value)),
    y: round(y.place(ys[i] ?? null)),
    gone: value === null || ys[i] === null,
  }));
  const line = (trace.line ?? {}) as Style;
  const stairs = line.shape === "hv";
  const path = points
    .filter(({ gone }) => !gone)
    .map((point, i) => (i === 0 ? `M${point.x} ` : stairs ? `H${point.x}V` : `L${point.x} `) + point.y)
    .join("");
  const drawn = lines ? lineSvg(path, line, colour) : "";
  const bars = points
    .filter(({ gone }) => !gone)
    .map(({ i, x: left, y: top }) => errorBars(trace, i, [left, top], [x, y], colour));
  const marks = markers
    ? points
        .filter(({ gone }) => !gone)
        .map(
          (point) =>
            `<g transform="translate(${point.x} ${point.y})">${symbolSvg(trace, point.i, colour)}</g>`,
        )
    : [];
  const opacity = trace.opacity === undefined ? "" : ` opacity="${String(trace.opacity)}"`;
  return `<g${opacity}>${drawn}${bars.join("")}${marks.join("")}</g>`;
}

/** What stands for a trace of points in the legend, 24 pixels wide. */
export function scatterKey(trace: JsonObject, x: number, y: number, colour: string): string {
  const { lines, markers } = modeOf(trace);
  const line = lines ? lineSvg(`M${round(x)} ${round(y)}h24`, (trace.line ?? {}) as Style, colour) : "";
  const mark = markers
    ? `<g transform="translate(${round(x + 12)} ${round(y)})">${symbolSvg(trace, 0, colour)}</g>`
    : "";
  return line + mark;
}

function modeOf({ mode = "lines", x }: JsonObject): { mode: string; lines: boolean; markers: boolean } {
  const words = String(mode).split("+");
  if (words.some((word) => word !== "lines" && word !== "markers") && x !== undefined) {
    return { mode: String(mode), lines: false, markers: false };
  }
  return { mode: String(mode), lines: words.includes("lines"), markers: words.includes("markers") };
}

function lineSvg(path: string, { color, width, dash }: Style, colour: string): string {
  return `<path d="${path}" fill="none" stroke="${String(color ?? colour)}" stroke-width="${Number(width ?? 2)}"${DASHES[String(dash ?? "solid")] ?? ""}/>`;
}

function symbolSvg(trace: JsonObject, i: number, colour: string): string {
  const marker = (trace.marker ?? {}) as Style;
  const of = (value: Json | undefined): Json | undefined =>
    Array.isArray(value) ? (value[i] as Json) : value;
  const radius = Number(of(marker.size) ?? 6) / 2;
  const fill = String(of(marker.color) ?? colour);
  const symbol = String(of(marker.symbol) ?? "circle");
  const shape = SYMBOLS[symbol.replace("-open", "")];
  const look = symbol.endsWith("-open") ? `fill="none" stroke="${fill}" stroke-width="2"` : `fill="${fill}"`;
  const thin = `vector-effect="non-scaling-stroke"`;
  return shape === undefined
    ? `<circle r="${radius}" ${look}/>`
    : `<path d="${shape}" transform="scale(${radius})" ${look} ${thin}/>`;
}

function errorBars(
  trace: JsonObject,
  i: number,
  [left, top]: readonly [number, number],
  [x, y]: readonly [FigureAxis, FigureAxis],
  colour: string,
): string {
  const bar = (name: "error_x" | "error_y"): string => {
    const error = trace[name] as Style | undefined;
    if (error === undefined) return "";
    const more = Number((error.array as readonly number[])[i] ?? 0);
    const less = Number(((error.arrayminus ?? error.array) as readonly number[])[i] ?? 0);
    const axis = name === "error_x" ? x : y;
    const value = Number(((name === "error_x" ? trace.x : trace.y) as readonly number[])[i]);
    const [from, to] = [round(axis.place(value - less)), round(axis.place(value + more))];
    const path =
      name === "error_x"
        ? `M${from} ${top}H${to}M${from} ${top - 4}v8M${to} ${top - 4}v8`
        : `M${left} ${from}V${to}M${left - 4} ${from}h8M${left - 4} ${to}h8`;
    return `<path d="${path}" stroke="${String(error.color ?? colour)}" stroke-width="${Number(error.thickness ?? 2)}"/>`;
  };
  return bar("error_x") + bar("error_y");
}
