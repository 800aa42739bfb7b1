import { quantile } from "../metrics/quantile.js";
import type { RocPoint } from "../metrics/roc-curve.js";
import { type Figure, figure } from "./figure.js";
import { plotlyText } from "./plotly-text.js";

/** One line of {@link rocFigure}. */
export interface NamedRocCurve {
  readonly name: string;
  readonly curve: readonly RocPoint[];
}

/** Told apart on white and on black, also by people who see no red or no green (Okabe & Ito 2008, the darker ones). */
export const COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a8f98"];
const DASHES = ["solid", "dash", "dot"];

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
  return figure(
    title,
    subtitle,
    curves.map(({ name, curve }, i) => {
      const best = new Map<number, number>();
      for (const { far, tar } of curve) {
        // Everything left of the axis is at its beginning.
        best.set(Math.max(from, Math.log10(far)), 100 * tar);
      }
      return {
        type: "scatter",
        mode: "lines",
        name: plotlyText(name),
        x: [...best.keys()],
        y: [...best.values()],
        line: {
          color: COLOURS[i % COLOURS.length] as string,
          dash: DASHES[Math.floor(i / COLOURS.length) % DASHES.length] as string,
          shape: "hv",
          width: 2,
        },
      };
    }),
    {
      height: 420,
      margin: { l: 56, r: 16, t: 48, b: 56 },
      showlegend: true,
      legend: { orientation: "h", x: 0, xanchor: "left", y: 1, yanchor: "bottom" },
      dragmode: "zoom",
      xaxis: { title: { text: "false accept rate, power of ten" }, range: [from, 0] },
      yaxis: { title: { text: "true accept rate, %" }, range: [floor, 100] },
    },
  );
}
