import { type Classifier, type EmbeddedSet, evaluate, type NotRun, type Params } from "facelab";
import type { QuestionContext } from "./question.js";
import type { Cell, Records } from "./records.js";

/** One repeat of one place of a curve. */
export interface CurvePoint {
  /** The place on the axis: people, or photos of each. */
  readonly at: number;
  /** From 0; of a place the points follow each other. */
  readonly repeat: number;
  readonly set: EmbeddedSet;
}

/** What is measured at every point. */
export interface CurvePlan {
  readonly points: readonly CurvePoint[];
  readonly classifiers: readonly Classifier[];
  /** For each classifier at a place, all its repeats together. */
  readonly budgetSeconds: number;
  /** Share of each person's photos to test on, where the sets are not divided. */
  readonly testSize?: number;
  /** The row of a photo in the records, by its path. */
  readonly rowOf: ReadonlyMap<string, number>;
}

/** A classifier that was not run at a place. */
export type CurveNotRun = NotRun & { readonly at: number };

/** What stands in the records for an answer that is no wrong name; empty where the classifier was not run. */
export const ANSWERS = { right: ".", unknown: "?", noFace: "-", notRun: "" } as const;

/** The column of a classifier's answers. */
export const answerColumn = (classifier: string): string => `answer of ${classifier}`;

/** Evaluates every classifier at every point. What is random is the same at each place, so that places differ by what they are places of. */
export async function measureCurve(
  { points, classifiers, budgetSeconds, testSize, rowOf }: CurvePlan,
  { random, cache, onProgress }: QuestionContext,
): Promise<Records> {
  const answers: Record<string, Cell[]> = { at: [], repeat: [], row: [], person: [], known: [] };
  const fits: Record<string, Cell[]> = {
    at: [],
    repeat: [],
    classifier: [],
    trainFaces: [],
    seconds: [],
    chosen: [],
  };
  const notRun: CurveNotRun[] = [];
  for (const [i, { at, repeat, set }] of points.entries()) {
    const repeats = points.filter((point) => point.at === at).length;
    // Decided once for a place, so that a classifier is there in all repeats or in none.
    const left = new Set(notRun.filter((one) => one.at === at).map(({ classifier }) => classifier));
    const running = classifiers.filter(({ name }) => !left.has(name));
    const evaluation = await evaluate(set, running, {
      random: random.fork(`repeat ${repeat}`),
      cache,
      testSize,
      budgetSeconds: repeat === 0 ? budgetSeconds / repeats : undefined,
      onFit: (done, total) => onProgress(i + done / total, points.length),
    });
    for (const one of evaluation.notRun) {
      notRun.push({ ...one, at, ...(one.kind === "budget" ? { seconds: one.seconds * repeats } : {}) });
    }
    const [split] = evaluation.splits;
    const known = new Map<string, number>();
    for (const index of split?.train ?? []) {
      const photo = set.photos[index];
      if (photo?.kind === "face") known.set(photo.label, (known.get(photo.label) ?? 0) + 1);
    }
    for (const index of split?.test ?? []) {
      const { path, label } = set.photos[index]!;
      answers.at!.push(at);
      answers.repeat!.push(repeat);
      answers.row!.push(rowOf.get(path)!);
      answers.person!.push(label);
      answers.known!.push(known.get(label) ?? 0);
    }
    for (const { name } of classifiers) {
      const column = answers[answerColumn(name)] ?? [];
      answers[answerColumn(name)] = column;
      const own = evaluation.records.filter(({ classifier }) => classifier === name);
      const kinds = { unknown: ANSWERS.unknown, none: ANSWERS.noFace };
      for (const { correct, answer, predicted } of own)
        column.push(correct ? ANSWERS.right : answer === "person" ? predicted : kinds[answer]);
      if (own.length === 0) for (const _ of split?.test ?? []) column.push(ANSWERS.notRun);
    }
    for (const { classifier, trainFaces, fitSeconds, chosen } of evaluation.fits) {
      fits.at!.push(at);
      fits.repeat!.push(repeat);
      fits.classifier!.push(classifier);
      fits.trainFaces!.push(trainFaces);
      fits.seconds!.push(Number(fitSeconds.toPrecision(3)));
      fits.chosen!.push(JSON.stringify(brief(chosen)));
    }
    onProgress(i + 1, points.length);
  }
  return {
    about: { classifiers: classifiers.map(({ name }) => name), notRun },
    tables: { answers, fits },
  };
}

/** What a fit chose, of a curve over epochs the value at the epoch that was kept. */
function brief(chosen: Params): Params {
  const { bestEpoch } = chosen;
  if (typeof bestEpoch !== "number") return chosen;
  return Object.fromEntries(
    Object.entries(chosen).map(([name, value]) => {
      return [name, Array.isArray(value) ? (value[bestEpoch - 1] ?? null) : value];
    }),
  ) as Params;
}
