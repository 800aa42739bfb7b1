import { InputError } from "../errors.js";
import { rankOf } from "../metrics/top-k-accuracy.js";
import type { EmbeddedPhoto, EmbeddedSet } from "../pipeline/embedded-set.js";
import { type DuplicatePhotos, describeDuplicates, findDuplicates } from "../pipeline/photo-duplicates.js";
import type { Classifier, Embedding, Model, Params, Prediction, Random, Sample, Split } from "../types.js";
import { type Face, facesAt, splitsOf, strangers } from "./evaluation-splits.js";

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
  /** Of the most probable person, whether the answer names them or not; null where no face was found. */
  readonly probability: number | null;
  /** Of the true person; 0 for one of whom no face was learned; null where no face was found. */
  readonly trueProbability: number | null;
  /** 1 where the true person is the most probable one; null for one of whom no face was learned, and where none was found. */
  readonly trueRank: number | null;
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

/** A classifier that was left out, and why. */
export type NotRun = { readonly classifier: string } & (
  | {
      readonly kind: "budget";
      /** How long it was predicted to take, over all repeats. */
      readonly seconds: number;
    }
  | {
      readonly kind: "embedder";
      /** Whose vectors it is made for, which the dataset does not have: they are computed from photos. */
      readonly embedder: string;
    }
);

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
  const { random, budgetSeconds = Number.POSITIVE_INFINITY, onFit = () => {} } = options;
  if (!(budgetSeconds > 0)) {
    throw new InputError(`invalid budgetSeconds: ${budgetSeconds} (must be a number > 0)`);
  }
  requireNames(classifiers);
  requireFaces(set);
  const { splits, notices } = splitsOf(set, options);
  const duplicates = findDuplicates(set.photos);
  const notRun = leftOut(set, splits, classifiers, budgetSeconds);
  const running = classifiers.filter(({ name }) => !notRun.some(({ classifier }) => classifier === name));
  const records: EvaluationRecord[] = [];
  const fits: FitReport[] = [];
  for (const [repeat, split] of splits.entries()) {
    const train = facesAt(set, split.train);
    if (train.length === 0) throw new InputError(`no photo with a face to learn from in ${set.name}`);
    const test = split.test.map((index) => set.photos[index] as EmbeddedPhoto);
    for (const classifier of running) {
      const samples = train.map(
        (face): Sample => ({ embedding: vectorFor(classifier, face), label: face.label }),
      );
      const stream = random.fork(`fit ${repeat}`).fork(classifier.name);
      const started = performance.now();
      const model = await classifier.fit(samples, stream);
      const fitted = performance.now();
      const predictions = facesAt(set, split.test).map((face) => model.predict(vectorFor(classifier, face)));
      const seconds = (performance.now() - fitted) / 1000;
      let asked = 0;
      for (const photo of test) {
        const said =
          photo.kind === "none"
            ? NOT_ASKED
            : answer(photo, predictions[asked++] as Prediction, model, vectorFor(classifier, photo));
        const { path, label } = photo;
        records.push({ classifier: classifier.name, repeat, path, label, ...said });
      }
      fits.push({
        classifier: classifier.name,
        repeat,
        trainFaces: samples.length,
        fitSeconds: (fitted - started) / 1000,
        predictMilliseconds: (1000 * seconds) / Math.max(predictions.length, 1),
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
    duplicates,
    notices: [...notices, ...strangers(set, splits), ...describeDuplicates(duplicates)],
  };
}

/** The vector of a face that a classifier works on. */
function vectorFor({ embedder }: Classifier, face: Face): Embedding {
  return embedder === undefined ? face.embedding : (face.others?.[embedder] as Embedding);
}

/** The classifiers whose vectors the set does not have, and those whose estimates for all splits add up to more than the budget. */
function leftOut(
  set: EmbeddedSet,
  splits: readonly Split[],
  classifiers: readonly Classifier[],
  budgetSeconds: number,
): NotRun[] {
  const faces = set.photos.filter((photo) => photo.kind === "face");
  return classifiers.flatMap((classifier): NotRun[] => {
    const { name, embedder } = classifier;
    if (embedder !== undefined && faces.some(({ others }) => others?.[embedder] === undefined)) {
      return [{ classifier: name, kind: "embedder", embedder }];
    }
    const seconds = splits.reduce((sum, { train, test }) => {
      const known = facesAt(set, train);
      const workload = {
        samples: known.length,
        dimensions: known[0] === undefined ? 0 : vectorFor(classifier, known[0]).length,
        labels: new Set(known.map(({ label }) => label)).size,
        tests: facesAt(set, test).length,
      };
      return sum + (classifier.estimateSeconds?.(workload) ?? 0);
    }, 0);
    return seconds > budgetSeconds ? [{ classifier: name, kind: "budget", seconds }] : [];
  });
}

type Said = Omit<EvaluationRecord, "classifier" | "repeat" | "path" | "label">;

/** The record of a photo without a face. */
const NOT_ASKED: Said = {
  answer: "none",
  predicted: "",
  score: null,
  correct: false,
  probability: null,
  trueProbability: null,
  trueRank: null,
};

function answer({ label }: Face, prediction: Prediction, model: Model, embedding: Embedding): Said {
  const predicted = prediction.kind === "person" ? prediction.label : "";
  const probabilities = model.predictProba(embedding);
  const own = model.labels.indexOf(label);
  return {
    answer: prediction.kind,
    predicted,
    score: prediction.score,
    correct: prediction.kind === "person" && predicted === label,
    probability: Math.max(...probabilities),
    trueProbability: own < 0 ? 0 : (probabilities[own] as number),
    trueRank: own < 0 ? null : rankOf(probabilities, own),
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
