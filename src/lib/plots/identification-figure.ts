import { quantile } from "../metrics/quantile.js";
import { type Figure, figure } from "./figure.js";
import { plotlyText } from "./plotly-text.js";
import { COLOURS } from "./roc-figure.js";

/** One line of {@link identificationFigure}. */
export interface NamedIdentificationCurve {
  readonly name: string;
  /** False positive and detection-and-identification rate, both in 0..1, at rising false positive rates. */
  readonly curve: readonly { readonly fpir: number; readonly dir: number }[];
}

/**
 * How many of the people enrolled are named rightly over how many strangers are named, a line for each method; the false positive
 * identification rate on a logarithmic axis.
 * @param lowest rate at which the axis begins, a power of ten: what lies below is left out.
 */
export function identificationFigure(
  title: string,
  subtitle: string,
  curves: readonly NamedIdentificationCurve[],
  { lowest }: { readonly lowest: number },
): Figure {
  const shown = curves.map(({ name, curve }) => ({
    name,
    curve: curve.filter(({ fpir }) => fpir >= lowest),
  }));
  const rates = shown.flatMap(({ curve }) => curve.map(({ dir }) => 100 * dir));
  const floor = Math.min(90, 5 * Math.floor(quantile(rates, 0) / 5) || 0);
  return figure(
    title,
    subtitle,
    shown.map(({ name, curve }, i) => ({
      type: "scatter",
      mode: "lines",
      name: plotlyText(name),
      x: curve.map(({ fpir }) => Math.log10(fpir)),
      y: curve.map(({ dir }) => 100 * dir),
      line: { color: COLOURS[i % COLOURS.length] as string, dash: "solid", width: 2 },
    })),
    {
      height: 420,
      margin: { l: 56, r: 16, t: 48, b: 56 },
      showlegend: true,
      legend: { orientation: "h", x: 0, xanchor: "left", y: 1, yanchor: "bottom" },
      dragmode: "zoom",
      xaxis: {
        title: { text: "false positive identification rate, power of ten" },
        range: [Math.log10(lowest), 0],
      },
      yaxis: { title: { text: "detection and identification rate, %" }, range: [floor, 100] },
    },
  );
}
