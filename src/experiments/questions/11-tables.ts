import { linesFigure, powersOfTen, quantile, verificationThresholds, wilsonInterval } from "facelab";
import { count, percent } from "../compare-detectors/cells.js";
import type { ShownFigure, ShownTable } from "./question.js";
import { type Columns, numbers, type Records, texts } from "./records.js";

const FIRST = [10, 50] as const;
const LOOKED_AT = 100;

/** A way to put photos in order, the most suspect first. */
interface Order {
  readonly name: string;
  /** Rows, the most suspect first; photos about which it can say nothing are not in it. */
  readonly rows: readonly number[];
}

/** The ranks, from 1, of a known error's photos in an order. */
interface Found {
  readonly what: string;
  /** The best of its photos, or undefined where the order has none of them. */
  readonly rank?: number;
}

function ordersOf(photos: Columns): Order[] {
  const [own, other] = [photos.own as readonly (number | null)[], numbers(photos, "other")];
  // A person's only photo is compared with the cosine from which on two photos are taken for one person (tuned on View 1).
  const limit = verificationThresholds.accurate.minCosine;
  const order = (name: string, suspicion: (row: number) => number | undefined): Order => {
    const rated = own.flatMap((_, row) => {
      const value = suspicion(row);
      return value === undefined ? [] : [{ row, value }];
    });
    // Equal ones in the order of the list.
    return { name, rows: rated.sort((a, b) => b.value - a.value || a.row - b.row).map(({ row }) => row) };
  };
  return [
    order("other name nearer than own", (row) => other[row]! - (own[row] ?? limit)),
    order("unlike the own name", (row) => (own[row] === null ? undefined : -own[row]!)),
    order("like another name", (row) => other[row]!),
  ];
}

function foundBy({ rows }: Order, errors: Columns): Found[] {
  const ranks = new Map(rows.map((row, i) => [row, i + 1]));
  const [what, row] = [texts(errors, "what"), numbers(errors, "row")];
  return [...new Set(what)].map((one) => {
    const own = row.flatMap((photo, i) => (what[i] === one && ranks.has(photo) ? [ranks.get(photo)!] : []));
    return own.length === 0 ? { what: one } : { what: one, rank: Math.min(...own) };
  });
}

/** How many of the first photos of each order are known errors. */
export function ordersTable({ tables }: Records): ShownTable {
  const [photos, errors] = [tables.photos!, tables.errors!];
  const wrong = new Set(numbers(errors, "row"));
  const rows = ordersOf(photos).map((order) => {
    const found = foundBy(order, errors);
    const ranks = found.flatMap(({ rank }) => (rank === undefined ? [] : [rank]));
    const precision = FIRST.map((first) => {
      const hits = order.rows.slice(0, first).filter((row) => wrong.has(row)).length;
      const { low, high } = wilsonInterval(hits, first);
      return `${hits} of ${first} (${percent(low, 0)}-${percent(high, 0)} %)`;
    });
    return [
      order.name,
      count(order.rows.length),
      ...precision,
      `${ranks.filter((rank) => rank <= LOOKED_AT).length} of ${found.length}`,
      `${quantile(ranks, 0.5)} of ${order.rows.length}`,
    ];
  });
  const chance = percent(wrong.size / texts(photos, "name").length, 2);
  return {
    name: "orders",
    caption: `Photos of LFW in three orders, the most suspect first, and LFW's own list of errors: how many of the first photos stand on it (Wilson's 95 % interval; of photos at random ${chance} % do), and where the errors' best photos are.`,
    rows: [
      [
        "order",
        "photos in it",
        ...FIRST.map((first) => `errors among the first ${first}`),
        `errors found in the first ${LOOKED_AT}`,
        "median rank of an error",
      ],
      ...rows,
    ],
  };
}

/** The rank of each known error. */
export function errorsTable({ tables, about }: Records): ShownTable {
  const orders = ordersOf(tables.photos!);
  const found = orders.map((order) => foundBy(order, tables.errors!));
  const cell = (rank?: number): string => (rank === undefined ? "-" : count(rank));
  const rows = found[0]!.map(({ what }, i) => [what, ...found.map((of) => cell(of[i]!.rank))]);
  const trap = (about.twins as readonly number[]).map((row) => row);
  const twins = orders.map(({ rows: order }) => {
    const ranks = trap.map((row) => order.indexOf(row) + 1).filter((rank) => rank > 0);
    return cell(ranks.length === 0 ? undefined : Math.min(...ranks));
  });
  return {
    name: "errors",
    caption:
      "The rank of each known error, that of its most suspect photo. A dash: a person's only photo has none of its name to be compared with.",
    rows: [
      ["error", ...orders.map(({ name }) => name)],
      ...rows,
      ["no error: Tamara_Mowry and Tia_Mowry are twins", ...twins],
    ],
  };
}

/** How many errors are found by looking at so many photos. */
export function errorsFigure({ tables }: Records): ShownFigure {
  const curves = ordersOf(tables.photos!).map((order) => {
    const ranks = foundBy(order, tables.errors!)
      .flatMap(({ rank }) => (rank === undefined ? [] : [rank]))
      .sort((a, b) => a - b);
    return { name: order.name, x: ranks.map(Math.log10), y: ranks.map((_, i) => i + 1) };
  });
  const all = new Set(texts(tables.errors!, "what")).size;
  return {
    name: "found",
    description: "known errors found over photos looked at, for each order",
    figure: linesFigure("Which labels are wrong?", `LFW's ${all} known errors`, curves, {
      x: powersOfTen("photos looked at", 0, 4.2),
      y: { title: "errors found", range: [0, all] },
      stairs: true,
    }),
  };
}
