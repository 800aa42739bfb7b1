import { quantile } from "../metrics/quantile.js";
import type { Figure } from "./figure.js";
import { linesFigure, powersOfTen } from "./lines-figure.js";

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
  const lines = shown.map(({ name, curve }) => ({
    name,
    x: curve.map(({ fpir }) => Math.log10(fpir)),
    y: curve.map(({ dir }) => 100 * dir),
  }));
  return linesFigure(title, subtitle, lines, {
    x: powersOfTen("false positive identification rate", Math.log10(lowest), 0),
    y: { title: "detection and identification rate, %", range: [floor, 100] },
  });
}
