import { InputError } from "../errors.js";
import type { DiskCache } from "../pipeline/disk-cache.js";
import type { EmbeddedPhoto, EmbeddedSet } from "../pipeline/embedded-set.js";
import { type DuplicatePhotos, describeDuplicates, findDuplicates } from "../pipeline/photo-duplicates.js";
import type { Classifier, Params, Random, Split } from "../types.js";
import { facesAt, splitsOf, strangers } from "./evaluation-splits.js";
import { fitOnce } from "./kept-fits.js";
import { type ModelAnswer, NOT_ASKED } from "./model-answer.js";
import { type NotRun, notRunOf } from "./not-run.js";

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
  /**
   * Keeps what came of each fit, by the faces, the classifier's name and params, and the stream of random numbers; a fit that is there is
   * not done again, and has the times that it took then. Not for classifiers that these do not wholly describe. @default none
   */
  readonly cache?: DiskCache;
  /** Called after each fit with the number done so far and the number in all. */
  readonly onFit?: (done: number, total: number) => void;
}

/** One test photo, answered by one classifier: what every table is made of. */
export interface EvaluationRecord extends ModelAnswer {
  readonly classifier: string;
  /** Counted from 0. */
  readonly repeat: number;
  readonly path: string;
  readonly label: string;
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

/** The outcome of {@link evaluate}. */
export interface Evaluation {
  /** All that were given, also those that were not run. */
  readonly classifiers: readonly { readonly name: string; readonly params: Params }[];
  readonly splits: readonly Split[];
  readonly records: readonly EvaluationRecord[];
  readonly fits: readonly FitReport[];
  readonly notRun: readonly NotRun[];
  /** Copies, which are on one side of every split, and photos that look alike, which need not be. */
  readonly duplicates: readonly DuplicatePhotos[];
  /** What a reader of the numbers should know, one line each. */
  readonly notices: readonly string[];
}

/**
 * Compares classifiers on the same splits of a dataset. Photos without a face are divided like the others, and counted
 * in the test as wrong answers (`answer: "none"`). Copies of a photo are on one side of every split; where the dataset came divided, test
 * photos that are also in train are not tested on, so that its author's train part stays what it was. What would take longer than the budget has no records and is in `notRun`.
 * @param classifiers their names must differ.
 * @throws InputError on an invalid budget, where there are fewer than two people with a face, no face in a training part, nothing to test on, or two
 * classifiers of one name.
 */
export async function evaluate(
  set: EmbeddedSet,
  classifiers: readonly Classifier[],
  options: EvaluateOptions,
): Promise<Evaluation> {
  const { random, budgetSeconds = Number.POSITIVE_INFINITY, cache, onFit = () => {} } = options;
  if (!(budgetSeconds > 0)) {
    throw new InputError(`invalid budgetSeconds: ${budgetSeconds} (must be a number > 0)`);
  }
  requireNames(classifiers);
  requireFaces(set);
  const { splits, notices } = splitsOf(set, options);
  const duplicates = findDuplicates(set.photos);
  const notRun = notRunOf(set, splits, classifiers, budgetSeconds);
  const running = classifiers.filter(({ name }) => !notRun.some(({ classifier }) => classifier === name));
  const records: EvaluationRecord[] = [];
  const fits: FitReport[] = [];
  for (const [repeat, split] of splits.entries()) {
    const train = facesAt(set, split.train);
    if (train.length === 0) throw new InputError(`no photo with a face to learn from in ${set.name}`);
    const test = split.test.map((index) => set.photos[index] as EmbeddedPhoto);
    const asked = facesAt(set, split.test);
    for (const classifier of running) {
      const stream = random.fork(`fit ${repeat}`).fork(classifier.name);
      const { answers, ...report } = await fitOnce(classifier, train, asked, stream, cache);
      let answered = 0;
      for (const { path, label, kind } of test) {
        const said = kind === "none" ? NOT_ASKED : (answers[answered++] as ModelAnswer);
        records.push({ classifier: classifier.name, repeat, path, label, ...said });
      }
      fits.push({ classifier: classifier.name, repeat, trainFaces: train.length, ...report });
      onFit(fits.length, splits.length * running.length);
    }
  }
  return {
    classifiers: classifiers.map(({ name, params }) => ({ name, params })),
    splits,
    records,
    fits,
    notRun,
    duplicates,
    notices: [...notices, ...strangers(set, splits), ...describeDuplicates(duplicates)],
  };
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
