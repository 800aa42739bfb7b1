import {
  equalErrorRate,
  holm,
  mcnemar,
  meanAndDeviation,
  rocAuc,
  rocCurve,
  rocFigure as rocOf,
  type ScoredPair,
  type TarAtFar,
  tarAtFar,
  type VerificationFold,
  verificationFolds,
} from "facelab";
import { count, percent, probability } from "../compare-detectors/cells.js";
import type { ShownFigure, ShownTable } from "./question.js";
import { flags, numbers, type Records } from "./records.js";
import type { VerificationMethod, VerificationRows } from "./verification-method.js";
import { type MethodOutcome, scoreColumn } from "./verification-scores.js";

interface Measured {
  readonly method: VerificationMethod;
  readonly outcome: MethodOutcome;
  readonly pairs: readonly ScoredPair[];
  readonly folds: readonly VerificationFold[];
}

/** Whether and how each method was run, in the order of the table. */
function outcomesOf({ about }: Records): ReadonlyMap<string, MethodOutcome> {
  return new Map((about.methods as readonly MethodOutcome[]).map((outcome) => [outcome.name, outcome]));
}

/** What computed each row, or why it was not run: a list in Markdown. */
export function madeBy({ methods }: VerificationRows, records: Records): string {
  const outcomes = outcomesOf(records);
  const lines = methods.flatMap(({ name }) => {
    const outcome = outcomes.get(name);
    if (outcome === undefined) return [];
    return [`- ${name}: ${outcome.made ?? `not run: ${outcome.notRun}`}`];
  });
  return `Made by:\n\n${lines.join("\n")}`;
}

function measuredOf({ methods }: VerificationRows, records: Records): Measured[] {
  const pairs = records.tables.pairs ?? {};
  const outcomes = outcomesOf(records);
  const [same, fold] = [flags(pairs, "same"), numbers(pairs, "fold")];
  const rows = Array.from({ length: Math.max(...fold) }, (_, i) =>
    fold.flatMap((number, row) => (number === i + 1 ? [row] : [])),
  );
  return methods.flatMap((method) => {
    const outcome = outcomes.get(method.name);
    if (outcome === undefined || outcome.notRun !== undefined) return [];
    const scores = numbers(pairs, scoreColumn(method.name));
    const scored = scores.map((score, i) => ({ score, same: same[i] as boolean }));
    const folds = verificationFolds(rows.map((of) => of.map((row) => scored[row] as ScoredPair)));
    return [{ method, outcome, pairs: scored, folds }];
  });
}

/** Every method: accuracy over the folds, ROC, and whether it differs from the first by more than chance. */
export function verificationTable(of: VerificationRows, records: Records): ShownTable {
  const measured = measuredOf(of, records);
  const outcomes = outcomesOf(records);
  const right = measured.map(({ folds }) => folds.flatMap(({ correct }) => correct));
  const only = (i: number, j: number): number =>
    right[i]!.filter((is, pair) => is && !right[j]![pair]).length;
  // Of a row that was not run there is nothing to compare with.
  const besides = measured.map(({ method: { beside } }) =>
    beside === undefined ? 0 : measured.findIndex(({ method }) => method.name === beside),
  );
  const compared = [...measured.keys()].slice(1).filter((i) => besides[i]! >= 0);
  const adjusted = holm(compared.map((i) => mcnemar(only(i, besides[i]!), only(besides[i]!, i))));
  const named = of.methods.some(({ beside }) => beside !== undefined);
  const comparison = (i: number): string => {
    const place = compared.indexOf(i);
    if (place < 0) return "-";
    const other = besides[i]!;
    const counts = `${only(i, other)} / ${only(other, i)}, p ${probability(adjusted[place]!)}`;
    return named ? `${counts} (${measured[other]!.method.name})` : counts;
  };
  const withPublished = of.methods.some(({ published }) => published !== undefined);
  const rows = of.methods.map(({ name, cells, published }) => {
    const i = measured.findIndex(({ method }) => method.name === name);
    const one = measured[i];
    const last = withPublished ? [published ?? "-"] : [];
    if (one === undefined) {
      const reason = outcomes.get(name)?.notRun ?? "not run";
      return [...cells, `not run (${reason.split(" (")[0]})`, "-", "-", "-", "-", "-", "-", ...last];
    }
    const curve = rocCurve(one.pairs);
    const { mean, deviation } = meanAndDeviation(one.folds.map(({ accuracy }) => accuracy));
    return [
      ...cells,
      `${percent(mean, 2)} +- ${percent(deviation, 2)}`,
      (100 * rocAuc(curve)).toFixed(3),
      percent(equalErrorRate(curve).rate, 2),
      tarCell(tarAtFar(curve, 1e-2)),
      tarCell(tarAtFar(curve, 1e-3)),
      comparison(i),
      count(one.outcome.withoutFace ?? 0),
      ...last,
    ];
  });
  const header = [
    ...of.heads,
    "accuracy, %",
    "AUC, %",
    "EER, %",
    "TAR at FAR 1e-2, %",
    "TAR at FAR 1e-3, %",
    named ? "right only here / only in the row in brackets" : "right only here / only in the first row",
    "photos without a face",
    ...(withPublished ? ["published, %"] : []),
  ];
  return {
    name: "methods",
    caption:
      "LFW, View 2: 6,000 pairs in ten folds, none left out. Accuracy is the mean over the folds with its standard deviation, the threshold of each fold chosen on the other nine; " +
      "AUC, EER and TAR are of all pairs together. p: McNemar's exact test, Holm's correction over the rows.",
    rows: [header, ...rows],
  };
}

/** Accuracy fold by fold. */
export function foldsTable(methods: VerificationRows, records: Records): ShownTable {
  const measured = measuredOf(methods, records);
  const folds = measured[0]?.folds.length ?? 0;
  const rows = Array.from({ length: folds }, (_, i) => [
    count(i + 1),
    ...measured.map(({ folds: own }) => `${percent(own[i]!.accuracy, 2)} (${own[i]!.threshold.toFixed(3)})`),
  ]);
  return {
    name: "folds",
    caption:
      "Accuracy of each fold in %; in brackets its threshold: cosine, for face_recognition 1 - distance.",
    rows: [["fold", ...measured.map(({ method }) => method.name)], ...rows],
  };
}

/** The ROC of every method. @param title above it: the question. */
export function rocFigure(methods: VerificationRows, title: string, records: Records): ShownFigure {
  const curves = measuredOf(methods, records).map(({ method, pairs }) => ({
    name: method.name,
    curve: rocCurve(pairs),
  }));
  return {
    name: "roc",
    description: "true accept rate over false accept rate of every method",
    figure: rocOf(title, "LFW, View 2, all pairs of the ten folds", curves, { lowest: 1e-3 }),
  };
}

function tarCell({ tar, sufficient }: TarAtFar): string {
  return sufficient ? percent(tar, 2) : "insufficient negatives";
}
