import { correctedResampledTTest } from "../metrics/corrected-resampled-t-test.js";
import { holm } from "../metrics/holm.js";
import { mcnemar } from "../metrics/mcnemar.js";
import type { EvaluationRecord } from "./evaluate.js";

/** Two classifiers side by side. */
export interface PairComparison {
  readonly first: string;
  readonly second: string;
  /** Accuracy of the first minus that of the second, over all photos and repeats, -1..1. */
  readonly difference: number;
  /** Of the test alone. */
  readonly pValue: number;
  /** Adjusted by Holm's method for all the pairs of the comparison. */
  readonly adjustedPValue: number;
}

/** What {@link comparePairs} looks at: an `Evaluation`, or as much of one as was kept. */
export interface Compared {
  /** Of every classifier about the same photos in the same order. */
  readonly records: readonly Outcome[];
  readonly splits: readonly {
    readonly train: { readonly length: number };
    readonly test: { readonly length: number };
  }[];
}

type Outcome = Pick<EvaluationRecord, "classifier" | "repeat" | "correct">;

/** Every pair of an evaluation's classifiers. */
export interface PairComparisons {
  readonly test: "corrected resampled t-test" | "McNemar's exact test";
  readonly pairs: readonly PairComparison[];
}

/**
 * Asks of every two classifiers whether one is really better: over several splits by the corrected resampled t-test
 * (Nadeau & Bengio 2003; the splits share photos, so the usual t-test would find differences everywhere), on a single
 * split by McNemar's exact test. Photos without a face are wrong answers of both.
 * Which of the two is named first says nothing; a winner is one only where `adjustedPValue` is small.
 */
export function comparePairs({ records, splits }: Compared): PairComparisons {
  const names = [...new Set(records.map(({ classifier }) => classifier))];
  const answers = new Map(
    names.map((name) => [name, records.filter(({ classifier }) => classifier === name)] as const),
  );
  const several = splits.length > 1;
  const [train, test] = (["train", "test"] as const).map(
    (part) => splits.reduce((sum, split) => sum + split[part].length, 0) / splits.length,
  ) as [number, number];
  const pairs = names.flatMap((first, i) =>
    names.slice(i + 1).map((second) => {
      const own = answers.get(first) ?? [];
      const other = answers.get(second) ?? [];
      const differences = splits.map((_, repeat) => accuracyIn(own, repeat) - accuracyIn(other, repeat));
      const pValue = several
        ? correctedResampledTTest(differences, train, test).pValue
        : mcnemar(rightOnlyIn(own, other), rightOnlyIn(other, own));
      const difference = differences.reduce((sum, value) => sum + value, 0) / differences.length;
      return { first, second, difference, pValue };
    }),
  );
  const adjusted = holm(pairs.map(({ pValue }) => pValue));
  return {
    test: several ? "corrected resampled t-test" : "McNemar's exact test",
    pairs: pairs.map((pair, i) => ({ ...pair, adjustedPValue: adjusted[i] as number })),
  };
}

/** {@link comparePairs} as lines to print: which differences are real, at 5 % for all of them together. */
export function describePairs({ test, pairs }: PairComparisons): string[] {
  if (pairs.length === 0) return [];
  const how = `${test}, ${pairs.length} ${pairs.length === 1 ? "pair" : "pairs"}, Holm-corrected, 5 %`;
  const real = pairs.filter(({ adjustedPValue }) => adjustedPValue < 0.05);
  if (real.length === 0) return [`no classifier is shown to be better than another (${how})`];
  return [
    `differences that hold (${how}); all others may be chance:`,
    ...real.map(({ first, second, difference, adjustedPValue }) => {
      const [better, worse] = difference > 0 ? [first, second] : [second, first];
      const points = (100 * Math.abs(difference)).toFixed(1);
      return `  ${better} is better than ${worse} by ${points} points (p ${formatP(adjustedPValue)})`;
    }),
  ];
}

function formatP(p: number): string {
  return p < 0.001 ? "< 0.001" : `= ${p.toFixed(3)}`;
}

function accuracyIn(records: readonly Outcome[], repeat: number): number {
  const own = records.filter((record) => record.repeat === repeat);
  return own.filter(({ correct }) => correct).length / own.length;
}

/** Records of two classifiers are of the same photos in the same order. */
function rightOnlyIn(own: readonly Outcome[], other: readonly Outcome[]): number {
  return own.filter(({ correct }, i) => correct && !other[i]?.correct).length;
}
