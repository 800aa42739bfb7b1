import { quantile } from "../metrics/quantile.js";
import type { RocPoint } from "../metrics/roc-curve.js";
import type { Figure } from "./figure.js";
import { linesFigure, powersOfTen } from "./lines-figure.js";

/** One line of {@link rocFigure}. */
export interface NamedRocCurve {
  readonly name: string;
  readonly curve: readonly RocPoint[];
}

/**
 * False and true accept rates of verification, a staircase for each method; the false accept rate on a logarithmic axis, where the rates
 * that a door or a phone needs lie.
 * @param lowest false accept rate at which the axis begins, a power of ten: below it the pairs are too few to say anything.
 */
export function rocFigure(
  title: string,
  subtitle: string,
  curves: readonly NamedRocCurve[],
  { lowest }: { readonly lowest: number },
): Figure {
  const from = Math.log10(lowest);
  const tars = curves.flatMap(({ curve }) =>
    curve.filter(({ far }) => far >= lowest).map(({ tar }) => 100 * tar),
  );
  const floor = Math.min(90, 5 * Math.floor(quantile(tars, 0) / 5));
  const lines = curves.map(({ name, curve }) => {
    // The best at each rate; everything left of the axis is at its beginning.
    const best = new Map(curve.map(({ far, tar }) => [Math.max(from, Math.log10(far)), 100 * tar]));
    return { name, x: [...best.keys()], y: [...best.values()] };
  });
  return linesFigure(title, subtitle, lines, {
    x: powersOfTen("false accept rate", from, 0),
    y: { title: "true accept rate, %", range: [floor, 100] },
    stairs: true,
  });
}
