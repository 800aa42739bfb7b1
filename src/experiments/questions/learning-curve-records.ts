import { type Compared, meanAndDeviation } from "facelab";
import { ANSWERS, answerColumn, type CurveNotRun } from "./learning-curve.js";
import { numbers, type Records, texts } from "./records.js";

/** What a classifier said of the test photos at a place, all repeats one after the other. */
export interface CurveAnswer {
  readonly repeat: number;
  readonly person: string;
  /** Training photos of the true person. */
  readonly known: number;
  /** `.` right, `?` unknown, `-` no face, or the wrong name. */
  readonly answer: string;
}

/** Mean over the repeats and sample standard deviation. */
export interface Measured {
  readonly mean: number;
  readonly deviation: number;
}

/** A curve as it was recorded. */
export interface Curve {
  readonly classifiers: readonly string[];
  /** In rising order. */
  readonly places: readonly number[];
  /** None where the classifier was not run. */
  answers(at: number, classifier: string): readonly CurveAnswer[];
  notRun(at: number, classifier: string): CurveNotRun | undefined;
}

/** Reads the records of `measureCurve`. */
export function curveOf({ about, tables }: Records): Curve {
  const table = tables.answers ?? {};
  const classifiers = about.classifiers as readonly string[];
  const [at, repeat, known] = ["at", "repeat", "known"].map((name) => numbers(table, name)) as [
    readonly number[],
    readonly number[],
    readonly number[],
  ];
  const person = texts(table, "person");
  const rows = new Map([...new Set(at)].map((place): [number, number[]] => [place, []]));
  for (const [row, place] of at.entries()) rows.get(place)!.push(row);
  const kept = new Map<string, readonly CurveAnswer[]>();
  for (const classifier of classifiers) {
    const column = texts(table, answerColumn(classifier));
    for (const [place, own] of rows) {
      const said = own.filter((row) => column[row] !== ANSWERS.notRun);
      const list = said.map((row) => ({
        repeat: repeat[row]!,
        person: person[row]!,
        known: known[row]!,
        answer: column[row]!,
      }));
      kept.set(`${place} ${classifier}`, list);
    }
  }
  const left = about.notRun as readonly CurveNotRun[];
  return {
    classifiers,
    places: [...rows.keys()].sort((a, b) => a - b),
    answers: (place, classifier) => kept.get(`${place} ${classifier}`) ?? [],
    notRun: (place, classifier) => left.find((one) => one.at === place && one.classifier === classifier),
  };
}

/** The share of answers that hold something, over the repeats; NaN where there are none. */
export function shareOf(answers: readonly CurveAnswer[], holds: (answer: CurveAnswer) => boolean): Measured {
  const repeats = new Map<number, [number, number]>();
  for (const one of answers) {
    const [yes, all] = repeats.get(one.repeat) ?? [0, 0];
    repeats.set(one.repeat, [yes + Number(holds(one)), all + 1]);
  }
  if (repeats.size === 0) return { mean: Number.NaN, deviation: Number.NaN };
  return meanAndDeviation([...repeats.values()].map(([yes, all]) => yes / all));
}

/** Accuracy of all photos, those without a face counted as wrong. */
export function accuracyOf(answers: readonly CurveAnswer[]): Measured {
  return shareOf(answers, isRight);
}

export function isRight({ answer }: CurveAnswer): boolean {
  return answer === ANSWERS.right;
}

/** The test and training photos of a place, in each repeat. */
export function sizesOf({ tables }: Records, at: number): { train: number; test: number; noFace: number }[] {
  const [answers, fits] = [tables.answers ?? {}, tables.fits ?? {}];
  const repeats = [...new Set(of(answers, at).map((row) => numbers(answers, "repeat")[row]!))];
  return repeats.map((repeat) => {
    const own = of(answers, at).filter((row) => numbers(answers, "repeat")[row] === repeat);
    const fit = of(fits, at).find((row) => numbers(fits, "repeat")[row] === repeat);
    const columns = Object.keys(answers).filter((name) => name.startsWith(answerColumn("")));
    const noFace = own.filter((row) => columns.some((name) => answers[name]![row] === ANSWERS.noFace));
    return {
      train: fit === undefined ? 0 : numbers(fits, "trainFaces")[fit]!,
      test: own.length,
      noFace: noFace.length,
    };
  });
}

/** What `comparePairs` takes, of one place. */
export function comparedAt(records: Records, curve: Curve, at: number): Compared {
  const splits = sizesOf(records, at).map(({ train, test }) => ({
    train: { length: train },
    test: { length: test },
  }));
  const outcomes = curve.classifiers.flatMap((classifier) =>
    curve
      .answers(at, classifier)
      .map((answer) => ({ classifier, repeat: answer.repeat, correct: isRight(answer) })),
  );
  return { records: outcomes, splits };
}

/** What the fits of a classifier at a place chose. */
export function chosenAt({ tables }: Records, at: number, classifier: string): Record<string, unknown>[] {
  const fits = tables.fits ?? {};
  return of(fits, at)
    .filter((row) => texts(fits, "classifier")[row] === classifier)
    .map((row) => JSON.parse(texts(fits, "chosen")[row]!) as Record<string, unknown>);
}

function of(columns: NonNullable<Records["tables"][string]>, at: number): number[] {
  return numbers(columns, "at").flatMap((place, row) => (place === at ? [row] : []));
}
