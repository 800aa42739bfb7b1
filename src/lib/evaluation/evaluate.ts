import { InputError } from "../errors.js";
import type { EmbeddedPhoto, EmbeddedSet } from "../pipeline/embedded-set.js";
import type { Classifier, Params, Random, Sample, Split } from "../types.js";
import { facesAt, splitsOf, strangers } from "./evaluation-splits.js";

export interface EvaluateOptions {
  /** Part of each person's photos to test on, in (0, 1); not used where the dataset is divided. @default 0.3 */
  readonly testSize?: number;
  /** Splits to average over; one where the dataset is divided. @default 1 */
  readonly repeats?: number;
  /**
   * A classifier whose `estimateSeconds` adds up to more than this over all repeats is not run, but reported (`notRun`); one without an
   * estimate always runs. @default Infinity
   */
  readonly budgetSeconds?: number;
  /** Drives the splits and everything random in the classifiers. */
  readonly random: Random;
  /** Called after each fit with the number done so far and the number in all. */
  readonly onFit?: (done: number, total: number) => void;
}

/** One test photo, answered by one classifier: what every table is made of. */
export interface EvaluationRecord {
  readonly classifier: string;
  /** Counted from 0. */
  readonly repeat: number;
  readonly path: string;
  readonly label: string;
  /** `none`: no face was found, so that no classifier was asked; it counts as wrong among all photos. */
  readonly answer: "person" | "unknown" | "none";
  /** Empty unless the answer is a person. */
  readonly predicted: string;
  /** The prediction's score; null where there is none. */
  readonly score: number | null;
  readonly correct: boolean;
}

/** One classifier on one split. */
export interface FitReport {
  readonly classifier: string;
  readonly repeat: number;
  readonly trainFaces: number;
  readonly fitSeconds: number;
  /** Per test face, milliseconds. */
  readonly predictMilliseconds: number;
  /** What `fit` chose by itself. */
  readonly chosen: Params;
}

/** A classifier that was left out, because it would have taken longer than the budget. */
export interface NotRun {
  readonly classifier: string;
  /** How long it was predicted to take, over all repeats. */
  readonly seconds: number;
}

/** The outcome of {@link evaluate}. */
export interface Evaluation {
  /** All that were given, also those that were not run. */
  readonly classifiers: readonly { readonly name: string; readonly params: Params }[];
  readonly splits: readonly Split[];
  readonly records: readonly EvaluationRecord[];
  readonly fits: readonly FitReport[];
  readonly notRun: readonly NotRun[];
  /** What a reader of the numbers should know, one line each. */
  readonly notices: readonly string[];
}

/**
 * Compares classifiers on the same splits of a dataset. Photos without a face are divided like the others, and counted
 * in the test as wrong answers (`answer: "none"`). What would take longer than the budget has no records and is in `notRun`.
 * @param classifiers their names must differ.
 * @throws InputError on an invalid budget, where there are fewer than two people with a face, no face in a training part, nothing to test on, or two
 * classifiers of one name.
 */
export async function evaluate(
  set: EmbeddedSet,
  classifiers: readonly Classifier[],
  options: EvaluateOptions,
): Promise<Evaluation> {
  const { random, budgetSeconds = Number.POSITIVE_INFINITY, onFit = () => {} } = options;
  if (!(budgetSeconds > 0)) {
    throw new InputError(`invalid budgetSeconds: ${budgetSeconds} (must be a number > 0)`);
  }
  requireNames(classifiers);
  requireFaces(set);
  const { splits, notices } = splitsOf(set, options);
  const notRun = tooLong(set, splits, classifiers, budgetSeconds);
  const running = classifiers.filter(({ name }) => !notRun.some(({ classifier }) => classifier === name));
  const records: EvaluationRecord[] = [];
  const fits: FitReport[] = [];
  for (const [repeat, split] of splits.entries()) {
    const train = facesAt(set, split.train);
    if (train.length === 0) throw new InputError(`no photo with a face to learn from in ${set.name}`);
    const samples = train.map(({ embedding, label }): Sample => ({ embedding, label }));
    for (const classifier of running) {
      const stream = random.fork(`fit ${repeat}`).fork(classifier.name);
      const started = performance.now();
      const model = await classifier.fit(samples, stream);
      const fitted = performance.now();
      const answers = split.test.map((index) => answer(set.photos[index] as EmbeddedPhoto, model));
      const seconds = (performance.now() - fitted) / 1000;
      records.push(...answers.map((record) => ({ classifier: classifier.name, repeat, ...record })));
      fits.push({
        classifier: classifier.name,
        repeat,
        trainFaces: samples.length,
        fitSeconds: (fitted - started) / 1000,
        predictMilliseconds: (1000 * seconds) / Math.max(facesAt(set, split.test).length, 1),
        chosen: model.chosen,
      });
      onFit(fits.length, splits.length * running.length);
    }
  }
  return {
    classifiers: classifiers.map(({ name, params }) => ({ name, params })),
    splits,
    records,
    fits,
    notRun,
    notices: [...notices, ...strangers(set, splits)],
  };
}

/** The classifiers whose estimates for all splits add up to more than the budget. */
function tooLong(
  set: EmbeddedSet,
  splits: readonly Split[],
  classifiers: readonly Classifier[],
  budgetSeconds: number,
): NotRun[] {
  const workloads = splits.map(({ train, test }) => {
    const known = facesAt(set, train);
    return {
      samples: known.length,
      dimensions: known[0]?.embedding.length ?? 0,
      labels: new Set(known.map(({ label }) => label)).size,
      tests: facesAt(set, test).length,
    };
  });
  return classifiers
    .map((classifier) => ({
      classifier: classifier.name,
      seconds: workloads.reduce((sum, one) => sum + (classifier.estimateSeconds?.(one) ?? 0), 0),
    }))
    .filter(({ seconds }) => seconds > budgetSeconds);
}

function answer(
  photo: EmbeddedPhoto,
  model: Awaited<ReturnType<Classifier["fit"]>>,
): Omit<EvaluationRecord, "classifier" | "repeat"> {
  const { path, label } = photo;
  if (photo.kind === "none") {
    return { path, label, answer: "none", predicted: "", score: null, correct: false };
  }
  const prediction = model.predict(photo.embedding);
  const predicted = prediction.kind === "person" ? prediction.label : "";
  const correct = prediction.kind === "person" && predicted === label;
  return { path, label, answer: prediction.kind, predicted, score: prediction.score, correct };
}

function requireNames(classifiers: readonly Classifier[]): void {
  const names = classifiers.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) {
    throw new InputError(`classifier named twice: ${twice} (records are told apart by the name)`);
  }
}

function requireFaces(set: EmbeddedSet): void {
  if (!set.photos.some(({ kind }) => kind === "face")) {
    throw new InputError(`no photo with a face: ${set.name} (${set.photos.length} photos looked at)`);
  }
  const people = new Set(set.photos.map(({ label }) => label));
  if (people.size < 2) {
    throw new InputError(`one person only: ${set.name} (a comparison needs at least two people)`);
  }
  // Whoever is the only one to learn from is always recognised: 100 % that mean nothing.
  const withFace = new Set(set.photos.filter(({ kind }) => kind === "face").map(({ label }) => label));
  if (withFace.size < 2) {
    throw new InputError(
      `faces of one person only: ${[...withFace]} in ${set.name} (a comparison needs at least two people)`,
    );
  }
}
