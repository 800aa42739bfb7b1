import { InputError } from "../errors.js";
import type { Json, JsonObject } from "./figure.js";

/** An axis of a figure, ready to be drawn on. */
export interface FigureAxis {
  readonly title: string;
  /** From a value of the data to pixels. */
  place(value: Json): number;
  /** In pixels along the axis, and what is written there. */
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  /** Pixels of one unit: of a category, or of a whole number. */
  readonly unit: number;
  readonly showsGrid: boolean;
}

/** What an axis is computed from. */
export interface AxisInput {
  readonly layout: JsonObject;
  /** As in `xaxis2`. */
  readonly name: string;
  /** All values that are drawn along it, as they are: numbers or names. */
  readonly values: readonly Json[];
  /** Where its range begins and ends, in pixels. */
  readonly pixels: readonly [number, number];
  /** A part of the range to leave free on both sides where the layout gives none. */
  readonly padding: number;
}

/** Pixels from tick to tick, at least. */
const TICK = 55;

/**
 * Computes an axis as Plotly would: linear, or of names in the order in which they come.
 * @throws InputError on an axis of another type.
 */
export function figureAxis({ layout, name, values, pixels, padding }: AxisInput): FigureAxis {
  const given = (layout[name] ?? {}) as Readonly<Record<string, Json>>;
  if (given.type !== undefined && given.type !== "linear" && given.type !== "category") {
    throw new InputError(
      `cannot draw axis: ${name} of type ${String(given.type)} (must be linear or category)`,
    );
  }
  const names = values.filter((value) => typeof value === "string");
  const categories = names.length > 0 ? [...new Set(values.map(String))] : undefined;
  const number = (value: Json): number =>
    categories === undefined ? Number(value) : categories.indexOf(String(value));
  const numbers = values.map(number).filter(Number.isFinite);
  const own = ownRange(numbers, categories, given, padding);
  const [low, high] =
    (given.range as [number, number] | undefined) ??
    (given.autorange === "reversed" ? ([own[1], own[0]] as const) : own);
  const [from, to] = pixels;
  const place = (value: number): number => from + ((value - low) / (high - low || 1)) * (to - from);
  const title = (given.title as { text?: string } | undefined)?.text ?? "";
  return {
    title,
    place: (value) => place(typeof value === "string" ? number(value) : Number(value)),
    ticks: ticksOf(given, categories, [low, high], Math.abs(to - from)).map(({ value, text }) => ({
      at: place(value),
      text,
    })),
    unit: Math.abs(place(1) - place(0)),
    showsGrid: given.showgrid !== false,
  };
}

function ownRange(
  numbers: readonly number[],
  categories: readonly string[] | undefined,
  { rangemode }: Readonly<Record<string, Json>>,
  padding: number,
): [number, number] {
  if (categories !== undefined) return [-0.5, categories.length - 0.5];
  if (numbers.length === 0) return [0, 1];
  const zero = rangemode === "tozero" ? [0] : [];
  // Not by spreading: there may be more points than a call takes arguments.
  const [low, high] = [...zero, ...numbers].reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)] as const,
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY] as readonly [number, number],
  );
  const free = padding * (high - low || 1);
  return [low === 0 ? 0 : low - free, high === 0 ? 0 : high + free];
}

function ticksOf(
  given: Readonly<Record<string, Json>>,
  categories: readonly string[] | undefined,
  [low, high]: readonly [number, number],
  length: number,
): { value: number; text: string }[] {
  if (given.showticklabels === false) return [];
  const inside = ({ value }: { value: number }): boolean =>
    value >= Math.min(low, high) && value <= Math.max(low, high);
  const { tickvals, ticktext } = given as { tickvals?: readonly number[]; ticktext?: readonly string[] };
  if (tickvals !== undefined) {
    return tickvals.map((value, i) => ({ value, text: ticktext?.[i] ?? String(value) })).filter(inside);
  }
  if (categories !== undefined) return categories.map((text, value) => ({ value, text }));
  const rough = (Math.max(low, high) - Math.min(low, high)) / Math.max(2, length / TICK);
  if (!(rough > 0)) return [];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step =
    [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * (1 - 1e-9)) ?? rough;
  const first = Math.ceil(Math.min(low, high) / step - 1e-9);
  const count = Math.floor(Math.max(low, high) / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => {
    const value = Number(((first + i) * step).toPrecision(12));
    return { value, text: String(value) };
  });
}
