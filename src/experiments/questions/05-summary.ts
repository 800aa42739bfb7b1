import { bootstrapPValue, holm, quantile } from "facelab";
import { resampledRates } from "./05-bootstrap.js";
import {
  type MeasuredMethod,
  meanOf,
  measuredMethods,
  type OperatingPoint,
  operatingPoint,
} from "./05-measured.js";
import type { Records } from "./records.js";

/** Rates of strangers named, at which methods are compared. */
export const FPIRS = [1e-1, 1e-2] as const;

/** With fewer repeats than these nobody knows how they spread. */
export const FEW = 5;

/** A mean over the repeats with its 95 % interval. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** A method at one of {@link FPIRS}. */
export interface RateSummary {
  readonly points: readonly OperatingPoint[];
  readonly dir: Estimate;
  readonly fpir: Estimate;
  readonly sufficient: boolean;
}

/** Two methods at one of {@link FPIRS}. */
export interface UnknownComparison {
  readonly first: string;
  readonly second: string;
  readonly asked: number;
  /** DIR of the first less that of the second. */
  readonly difference: Estimate;
  /** Adjusted by Holm's method for all comparisons, of both rates. */
  readonly pValue: number;
}

/** Everything that tables and notes say. */
export interface UnknownSummary {
  readonly methods: readonly (MeasuredMethod & { readonly rates: readonly RateSummary[] })[];
  /** Of every two methods at every rate with enough strangers. */
  readonly comparisons: readonly UnknownComparison[];
}

/** The resamples take seconds, and every table and note asks for them. */
const kept = new WeakMap<Records, UnknownSummary>();

/** The rates of every method, with intervals and tests by a bootstrap over people and repeats. */
export function unknownSummary(records: Records): UnknownSummary {
  const known = kept.get(records) ?? summarised(records);
  kept.set(records, known);
  return known;
}

function summarised(records: Records): UnknownSummary {
  const measured = measuredMethods(records);
  const resampled = resampledRates(measured, FPIRS);
  const methods = measured.map((one, i) => ({
    ...one,
    rates: FPIRS.map((asked, at): RateSummary => {
      const points = one.repeats.map((probes) => operatingPoint(probes, asked));
      const { dir, fpir } = resampled[i]![at]!;
      return {
        points,
        dir: estimate(meanOf(points.map((point) => point.dir)), dir),
        fpir: estimate(meanOf(points.map((point) => point.fpir)), fpir),
        sufficient: points.every(({ sufficient }) => sufficient),
      };
    }),
  }));
  const tests = FPIRS.flatMap((asked, at) =>
    methods.flatMap((first, i) =>
      methods.slice(i + 1).flatMap((second, k) => {
        const [own, other] = [first.rates[at]!, second.rates[at]!];
        if (!own.sufficient || !other.sufficient) return [];
        const others = resampled[i + 1 + k]![at]!.dir;
        const differences = resampled[i]![at]!.dir.map((dir, resample) => dir - others[resample]!);
        return {
          first: first.method.name,
          second: second.method.name,
          asked,
          difference: estimate(own.dir.mean - other.dir.mean, differences),
          pValue: bootstrapPValue(differences),
        };
      }),
    ),
  );
  const adjusted = holm(tests.map(({ pValue }) => pValue));
  return { methods, comparisons: tests.map((test, i) => ({ ...test, pValue: adjusted[i]! })) };
}

function estimate(mean: number, resamples: readonly number[]): Estimate {
  return { mean, low: quantile(resamples, 0.025), high: quantile(resamples, 0.975) };
}
