import { detectionIdentificationRate, meanAndDeviation } from "facelab";
import { percent } from "../compare-detectors/cells.js";
import { type ByRole, measuredMethods, ratesAt } from "./05-measured.js";
import type { ShownTable } from "./question.js";
import { numbers, type Records } from "./records.js";

/** What the models answer when nothing is set: `svm` and `softmax` name everybody. */
export function ownTable(records: Records): ShownTable {
  const limits = { svm: undefined, softmax: undefined, cosine: "cosineThreshold", gate: "gateCosine" };
  const rows = measuredMethods(records).map(({ method: { name }, repeats }) => {
    const column = limits[name];
    const thresholds = column === undefined ? undefined : numbers(records.tables.fits ?? {}, column);
    const own = repeats.map((probes, i) => ratesAt(probes, thresholds?.[i] ?? Number.NEGATIVE_INFINITY));
    const wrong = repeats.map((probes, i) => named(probes, own[i]!.threshold) - own[i]!.dir);
    const cells = [own.map(({ dir }) => dir), wrong, own.map(({ fpir }) => fpir)].map(spread);
    return [
      name,
      thresholds === undefined ? "none" : spreadOf(thresholds, (value) => value.toFixed(3)),
      ...cells,
    ];
  });
  return {
    name: "own-thresholds",
    caption:
      "The models as they come, with the threshold that each chose on the photos of the people enrolled alone, without a stranger; means and standard deviations over the repeats.",
    rows: [
      [
        "method",
        "threshold",
        "enrolled, named rightly, %",
        "enrolled, named wrongly, %",
        "strangers named, %",
      ],
      ...rows,
    ],
  };
}

/** Photos of the people enrolled that are given any name. */
function named({ enrolled }: ByRole, threshold: number): number {
  return detectionIdentificationRate(
    enrolled.map(({ score }) => ({ score, right: true })),
    threshold,
  );
}

function spread(values: readonly number[]): string {
  return spreadOf(values, (value) => percent(value));
}

function spreadOf(values: readonly number[], format: (value: number) => string): string {
  const { mean, deviation } = meanAndDeviation(values);
  return `${format(mean)} +- ${format(deviation)}`;
}
