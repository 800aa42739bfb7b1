import { createRequire } from "node:module";
import { meanAndDeviation } from "../metrics/mean-and-deviation.js";
import type { Evaluation, EvaluationRecord } from "./evaluate.js";
import { faceScores } from "./face-scores.js";
import type { NotRun } from "./not-run.js";

const SCORES = ["balancedAccuracy", "macroF1", "top5", "logLoss"] as const;

type Danfo = typeof import("danfojs-node");

/** A danfojs frame. */
export type DataFrame = InstanceType<Danfo["DataFrame"]>;

/**
 * How classifiers compare, as a danfojs frame with a row for each, in the order in which they were given:
 * classifier; repeats; accuracy and its deviation over repeats, of the faces found and of all photos (0..1); the share
 * answered `unknown` among the faces found; of the faces found balancedAccuracy, macroF1, top5 and logLoss with their deviations
 * (see face-scores.ts); fitSeconds and predictMilliseconds (means); notRun, empty where it was run, and
 * otherwise the reason, in words, why all its numbers are NaN.
 * Deviations are sample standard deviations, NaN for one repeat.
 */
export function comparisonFrame({ classifiers, records, fits, splits, notRun }: Evaluation): DataFrame {
  const withFace = records.filter(({ answer }) => answer !== "none");
  const share =
    (holds: (record: EvaluationRecord) => boolean) =>
    (of: readonly EvaluationRecord[]): number =>
      of.filter(holds).length / of.length;
  const found = overRepeats(
    withFace,
    share(({ correct }) => correct),
  );
  const all = overRepeats(
    records,
    share(({ correct }) => correct),
  );
  const unknown = overRepeats(
    withFace,
    share(({ answer }) => answer === "unknown"),
  );
  const scores = SCORES.map((name) => [name, overRepeats(withFace, (own) => faceScores(own)[name])] as const);
  const mean = (name: string, value: (fit: Evaluation["fits"][number]) => number): number => {
    const own = fits.filter(({ classifier }) => classifier === name).map(value);
    return own.reduce((sum, one) => sum + one, 0) / own.length;
  };
  const reasons = new Map(notRun.map((one) => [one.classifier, notRunReason(one)]));
  return frame(
    classifiers.map(({ name }) => ({
      classifier: name,
      repeats: reasons.has(name) ? 0 : splits.length,
      accuracy: found.get(name)?.mean ?? Number.NaN,
      accuracyDeviation: found.get(name)?.deviation ?? Number.NaN,
      accuracyOfAll: all.get(name)?.mean ?? Number.NaN,
      accuracyOfAllDeviation: all.get(name)?.deviation ?? Number.NaN,
      unknown: unknown.get(name)?.mean ?? Number.NaN,
      ...Object.fromEntries(
        scores.flatMap(([score, values]) => [
          [score, values.get(name)?.mean ?? Number.NaN],
          [`${score}Deviation`, values.get(name)?.deviation ?? Number.NaN],
        ]),
      ),
      fitSeconds: mean(name, (fit) => fit.fitSeconds),
      predictMilliseconds: mean(name, (fit) => fit.predictMilliseconds),
      notRun: reasons.get(name) ?? "",
    })),
  );
}

/** What stands in a table instead of numbers, e.g. `not run (about 12 min; --classifiers ml-svm runs it)`. */
export function notRunReason(notRun: NotRun): string {
  if (notRun.kind === "embedder") return `not run (needs photos, for the embedder ${notRun.embedder})`;
  const { classifier, seconds } = notRun;
  const time = seconds < 90 ? `${Math.ceil(seconds)} s` : `${Math.round(seconds / 60)} min`;
  return `not run (about ${time}; --classifiers ${classifier} runs it)`;
}

/** Every record as a danfojs frame, for tables of one's own. */
export function recordsFrame({ records }: Evaluation): DataFrame {
  return frame(records.map((record) => ({ ...record })));
}

/** Loaded at first use: danfojs takes half a second, and most commands make no table. */
function frame(rows: readonly object[]): DataFrame {
  const { DataFrame } = createRequire(import.meta.url)("danfojs-node") as Danfo;
  return new DataFrame([...rows]);
}

/** A number of each classifier's records of one repeat, as mean and deviation over the repeats. */
function overRepeats(
  records: readonly EvaluationRecord[],
  value: (records: readonly EvaluationRecord[]) => number,
): Map<string, { mean: number; deviation: number }> {
  const groups = new Map<string, Map<number, EvaluationRecord[]>>();
  for (const record of records) {
    const own = groups.get(record.classifier) ?? new Map<number, EvaluationRecord[]>();
    groups.set(record.classifier, own);
    const list = own.get(record.repeat);
    if (list) list.push(record);
    else own.set(record.repeat, [record]);
  }
  return new Map(
    [...groups].map(([name, repeats]) => [name, meanAndDeviation([...repeats.values()].map(value))]),
  );
}
