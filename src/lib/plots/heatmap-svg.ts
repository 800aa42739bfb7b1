import type { Json, JsonObject } from "./figure.js";
import type { FigureAxis } from "./figure-axis.js";
import { round, svgText } from "./svg-text.js";

type Colour = readonly [number, number, number];

/** From white to a dark blue. */
const SCALE: readonly (readonly [number, string])[] = [
  [0, "#f7fbff"],
  [1, "#08306b"],
];

/** A heat map as part of an SVG; its first row is that of the first place along y. What is null has no cell. */
export function heatmapSvg(trace: JsonObject, x: FigureAxis, y: FigureAxis): string {
  const rows = trace.z as readonly (readonly (number | null)[])[];
  const values = rows.flat().filter((value) => value !== null);
  const low = Number(
    trace.zmin ?? values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
  );
  const high = Number(
    trace.zmax ?? values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
  );
  const scale = (Array.isArray(trace.colorscale) ? trace.colorscale : SCALE) as readonly (readonly [
    number,
    string,
  ])[];
  const [gapX, gapY] = [Number(trace.xgap ?? 0), Number(trace.ygap ?? 0)];
  const [columns, lines] = [trace.x, trace.y] as (readonly Json[] | undefined)[];
  const step = (places: readonly Json[] | undefined): number =>
    typeof places?.[0] === "number" && typeof places[1] === "number" ? Math.abs(places[1] - places[0]) : 1;
  const [width, height] = [x.unit * step(columns), y.unit * step(lines)];
  return rows
    .flatMap((row, i) =>
      row.map((value, j) => {
        if (value === null) return "";
        const [middleX, middleY] = [x.place(columns?.[j] ?? j), y.place(lines?.[i] ?? i)];
        const colour = colourAt(scale, (value - low) / (high - low || 1));
        const cell = `<rect x="${round(middleX - width / 2 + gapX / 2)}" y="${round(middleY - height / 2 + gapY / 2)}" width="${round(width - gapX)}" height="${round(height - gapY)}" fill="rgb(${colour.join(" ")})"/>`;
        if (trace.texttemplate === undefined) return cell;
        const dark = 0.3 * colour[0] + 0.59 * colour[1] + 0.11 * colour[2] < 140;
        return (
          cell +
          svgText(value, {
            x: middleX,
            y: middleY + 4,
            anchor: "middle",
            colour: dark ? "#ffffff" : undefined,
          })
        );
      }),
    )
    .join("");
}

/** A colour of a scale, between its colours in equal steps. @param at 0..1; what is outside is brought in. */
function colourAt(scale: readonly (readonly [number, string])[], at: number): Colour {
  const inside = Math.min(1, Math.max(0, at));
  const next = scale.findIndex(([place]) => place >= inside);
  const upper = scale[next < 0 ? scale.length - 1 : next]!;
  const lower = scale[Math.max(0, (next < 0 ? scale.length : next) - 1)]!;
  const part = upper[0] === lower[0] ? 0 : (inside - lower[0]) / (upper[0] - lower[0]);
  const [from, to] = [rgb(lower[1]), rgb(upper[1])];
  return from.map((value, i) => Math.round(value + part * (to[i]! - value))) as unknown as Colour;
}

/** Of `#rrggbb` or `rgb(r, g, b)`; of anything else a grey. */
function rgb(text: string): Colour {
  const hex = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (hex !== null) return [1, 2, 3].map((i) => Number.parseInt(hex[i]!, 16)) as unknown as Colour;
  const numbers = /^rgba?\(\s*(\d+)[,\s]+(\d+)[,\s]+(\d+)/.exec(text);
  return numbers === null ? [128, 128, 128] : ([1, 2, 3].map((i) => Number(numbers[i])) as unknown as Colour);
}
