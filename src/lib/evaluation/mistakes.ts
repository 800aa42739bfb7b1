import type { Evaluation } from "./evaluate.js";

/** A photo that a classifier answered wrongly, in one way. */
export interface Mistake {
  readonly path: string;
  readonly label: string;
  /** The wrong name; null for `unknown`. */
  readonly predicted: string | null;
  /** The highest over the repeats. */
  readonly probability: number;
  /** Repeats in which it was answered so. */
  readonly times: number;
  /** Repeats in which it was asked for. */
  readonly tests: number;
}

/**
 * What a classifier got wrong, the most probable mistakes first: those of which it was surest. Photos without a face are
 * not among them, no classifier was asked about these.
 */
export function mistakes({ records }: Evaluation, classifier: string): Mistake[] {
  const tests = new Map<string, number>();
  const found = new Map<string, Mistake>();
  for (const record of records) {
    if (record.classifier !== classifier || record.answer === "none") continue;
    const { path, label, correct } = record;
    tests.set(path, (tests.get(path) ?? 0) + 1);
    if (correct) continue;
    const predicted = record.answer === "person" ? record.predicted : null;
    const key = JSON.stringify([path, label, predicted]);
    const { times = 0, probability = 0 } = found.get(key) ?? {};
    const highest = Math.max(probability, record.probability ?? 0);
    found.set(key, { path, label, predicted, probability: highest, times: times + 1, tests: 0 });
  }
  // sort is stable: among equals the order of the photos holds.
  return [...found.values()]
    .map((mistake) => ({ ...mistake, tests: tests.get(mistake.path)! }))
    .sort((a, b) => b.probability - a.probability);
}
