import { detectionIdentificationRate } from "facelab";
import { count, percent, points, probability } from "../compare-detectors/cells.js";
import { type ByRole, meanOf, type OperatingPoint } from "./05-measured.js";
import { type Estimate, FPIRS, type RateSummary, unknownSummary } from "./05-summary.js";
import type { ShownTable } from "./question.js";
import type { Records } from "./records.js";

/** Every method: how many are named rightly where how many strangers are named. */
export function methodsTable(records: Records): ShownTable {
  const { methods } = unknownSummary(records);
  const repeats = methods[0]!.repeats.length;
  return {
    name: "methods",
    caption: `LFW, means over ${repeats} draws of who is enrolled, with 95 % intervals of a bootstrap over people and repeats. DIR: photos of the people enrolled that are named rightly; FPIR: photos of strangers that are given a name. The threshold of an FPIR is set on the threshold strangers, everything is measured on other photos and, of strangers, other people.`,
    rows: [
      [
        "method",
        "score",
        "right without a threshold, %",
        ...FPIRS.flatMap((asked) => [`DIR at FPIR ${rate(asked)}, %`, "FPIR reached, %"]),
      ],
      ...methods.map(({ method, repeats: own, rates }) => [
        method.name,
        method.score,
        percent(
          meanOf(own.map(({ enrolled }) => detectionIdentificationRate(enrolled, Number.NEGATIVE_INFINITY))),
        ),
        ...rates.flatMap((one) => [measured(one, one.dir, 1), measured(one, one.fpir, 2)]),
      ]),
    ],
  };
}

/** Every two methods: do they differ by more than chance? */
export function comparisonsTable(records: Records): ShownTable {
  const { comparisons } = unknownSummary(records);
  return {
    name: "comparisons",
    caption:
      "DIR of the first method less that of the second, in points, with 95 % intervals; p by the same bootstrap, Holm's correction over all rows.",
    rows: [
      ["FPIR", "first", "second", "difference", "p"],
      ...comparisons.map(({ first, second, asked, difference: { mean, low, high }, pValue }) => [
        rate(asked),
        first,
        second,
        `${points(mean, 1)} (${points(low, 1)} to ${points(high, 1)})`,
        probability(pValue),
      ]),
    ],
  };
}

/** Each repeat: how many were asked about, and what came of it at the lowest rate. */
export function repeatsTable(records: Records): ShownTable {
  const { methods } = unknownSummary(records);
  const lowest = FPIRS.at(-1)!;
  const size = (probes: ByRole["test"]): string =>
    `${probes.length} (${new Set(probes.map(({ person }) => person)).size})`;
  return {
    name: "repeats",
    caption: `Each repeat: photos, in brackets people; and DIR / FPIR reached in % where FPIR ${rate(lowest)} was asked for.`,
    rows: [
      [
        "repeat",
        "enrolled",
        "threshold strangers",
        "test strangers",
        ...methods.map(({ method }) => method.name),
      ],
      ...methods[0]!.repeats.map((probes, i) => [
        count(i + 1),
        size(probes.enrolled),
        size(probes.threshold),
        size(probes.test),
        ...methods.map(({ rates }) => both(rates.at(-1)!.points[i]!)),
      ]),
    ],
  };
}

/** A rate as it is written: 1e-2. */
export function rate(value: number): string {
  return value.toExponential(0);
}

function measured({ sufficient }: RateSummary, { mean, low, high }: Estimate, digits: number): string {
  if (!sufficient) return "insufficient strangers";
  return `${percent(mean, digits)} (${percent(low, digits)} to ${percent(high, digits)})`;
}

function both({ dir, fpir, sufficient }: OperatingPoint): string {
  return sufficient ? `${percent(dir)} / ${percent(fpir, 2)}` : "insufficient strangers";
}
