import type { Json, JsonObject } from "./figure.js";
import type { FigureAxis } from "./figure-axis.js";
import { round, svgText } from "./svg-text.js";

/** What bars of one figure share. */
export interface BarMode {
  /** How many stand side by side, and which of them this is. */
  readonly side: { readonly count: number; readonly index: number };
  /** Sums of what is below, by place: bars that are stacked add to it. Undefined where they stand side by side. */
  readonly below?: Map<string, number>;
  /** The part of a place that is free between bars. */
  readonly gap: number;
}

/** A trace of bars as part of an SVG, vertical or horizontal, with their texts at their ends. */
export function barSvg(
  trace: JsonObject,
  x: FigureAxis,
  y: FigureAxis,
  colour: string,
  { side, below, gap }: BarMode,
): string {
  const flat = trace.orientation === "h";
  const [places, lengths] = (flat ? [trace.y, trace.x] : [trace.x, trace.y]) as [
    readonly Json[],
    readonly number[],
  ];
  const [across, along] = flat ? [y, x] : [x, y];
  const { color } = (trace.marker ?? {}) as { color?: Json };
  const texts = Array.isArray(trace.text) ? (trace.text as readonly Json[]) : [];
  const whole = trace.width === undefined ? (1 - gap) * narrowest(places) : Number(trace.width);
  const breadth = (whole * across.unit) / side.count;
  const bars = places.map((place, i) => {
    const from = below?.get(String(place)) ?? 0;
    const to = from + (lengths[i] ?? 0);
    below?.set(String(place), to);
    const middle = across.place(place) + (side.index - (side.count - 1) / 2) * breadth;
    const [start, end] = [along.place(from), along.place(to)];
    const fill = String(Array.isArray(color) ? color[i] : (color ?? colour));
    const [left, top] = flat
      ? [Math.min(start, end), middle - breadth / 2]
      : [middle - breadth / 2, Math.min(start, end)];
    const [width, height] = flat ? [Math.abs(end - start), breadth] : [breadth, Math.abs(end - start)];
    const rect = `<rect x="${round(left)}" y="${round(top)}" width="${round(width)}" height="${round(height)}" fill="${fill}"/>`;
    if (texts[i] === undefined) return rect;
    const inside = width > 40;
    const label = flat
      ? svgText(texts[i], {
          x: inside ? end - 4 : end + 4,
          y: middle + 4,
          anchor: inside ? "end" : "start",
          colour: inside ? "#ffffff" : undefined,
        })
      : svgText(texts[i], { x: middle, y: end - 4, anchor: "middle" });
    return rect + label;
  });
  return bars.join("");
}

/** The least distance between two places; 1 for names, and for one place. */
function narrowest(places: readonly Json[]): number {
  const numbers = [...new Set(places.filter((place) => typeof place === "number"))].sort((a, b) => a - b);
  const steps = numbers.slice(1).map((place, i) => place - numbers[i]!);
  return steps.length === 0 ? 1 : Math.min(...steps);
}
