import { InputError } from "../errors.js";
import type { Evaluation, EvaluationRecord } from "../evaluation/evaluate.js";

/** Names of the classifiers that were run, in the order in which they were given. */
export function namesRun({ classifiers, records }: Evaluation): string[] {
  const run = new Set(records.map(({ classifier }) => classifier));
  return classifiers.map(({ name }) => name).filter((name) => run.has(name));
}

/**
 * A classifier's answers of all repeats.
 * @throws InputError where it was not given, or not run.
 */
export function classifierRecords(evaluation: Evaluation, classifier: string): EvaluationRecord[] {
  const records = evaluation.records.filter((record) => record.classifier === classifier);
  if (records.length > 0) return records;
  const names = namesRun(evaluation).join(", ");
  throw new InputError(`no answers of classifier: ${classifier} (expected one that was run: ${names})`);
}

/** Words for how many splits the answers are of. */
export function overSplits({ splits }: Evaluation): string {
  return splits.length === 1 ? "one split" : `${splits.length} splits together`;
}
