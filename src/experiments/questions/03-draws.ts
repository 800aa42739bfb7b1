import { createClassifier, drawPerPerson, lfwEmbeddedSet } from "facelab";
import { rowsByPath } from "./02-draws.js";
import { type CurvePoint, measureCurve } from "./learning-curve.js";
import { lfwMaterial } from "./lfw-material.js";
import type { QuestionContext } from "./question.js";
import type { Records } from "./records.js";

/** Photos of each person: the last are tested on, of the others the first 1 to 10 are learned from. */
export const TRAIN_PHOTOS = 10;
export const TEST_PHOTOS = 5;

const REPEATS = 10;
const BUDGET_SECONDS = 60;
const CLASSIFIERS = [
  ...["svm", "cosine", "knn", "cosine-mean", "svm-c1", "ml-svm"],
  ...["ml-knn", "softmax", "softmax-10", "gate", "majority"],
];
const QUICK = { repeats: 3, photos: [1, 2, 3, 5, 10], without: ["svm", "gate", "ml-svm", "softmax-10"] };

/** Every classifier on one photo of each person, and on more and more, with the same test photos. */
export async function photosRecords(context: QuestionContext): Promise<Records> {
  const { quick, random } = context;
  const lfw = await lfwMaterial();
  const counts = quick ? QUICK.photos : Array.from({ length: TRAIN_PHOTOS }, (_, i) => i + 1);
  const repeats = Array.from({ length: quick ? QUICK.repeats : REPEATS }, (_, repeat) =>
    dividedRows(lfw.names, random.fork(`draw ${repeat}`)),
  );
  const points = counts.flatMap((at) =>
    repeats.map(({ train, test }, repeat): CurvePoint => {
      const parts = new Map([
        ...train.filter(({ place }) => place < at).map(({ row }) => [row, "train"] as const),
        ...test.map(({ row }) => [row, "test"] as const),
      ]);
      const rows = [...parts.keys()].sort((a, b) => a - b);
      const set = lfwEmbeddedSet("LFW", lfw, rows);
      const photos = set.photos.map((photo, i) => ({ ...photo, part: parts.get(rows[i]!)! }));
      return { at, repeat, set: { ...set, photos } };
    }),
  );
  const names = CLASSIFIERS.filter((name) => !quick || !QUICK.without.includes(name));
  const classifiers = names.map((name) => createClassifier(name));
  const budgetSeconds = BUDGET_SECONDS;
  const records = await measureCurve({ points, classifiers, budgetSeconds, rowOf: rowsByPath(lfw) }, context);
  return { ...records, about: { ...records.about, quick } };
}

interface Drawn {
  readonly row: number;
  /** Among the photos of the person, from 0. */
  readonly place: number;
}

/** Of everybody who has enough photos as many at random; which are tested on, and in which order the others are learned from, is drawn too. */
export function dividedRows(
  names: readonly string[],
  random: QuestionContext["random"],
): { train: Drawn[]; test: Drawn[] } {
  const drawn = drawPerPerson(names, { photosPerPerson: TRAIN_PHOTOS + TEST_PHOTOS, random });
  const placed = new Map<string, number>();
  const order = random.fork("order").shuffle(drawn);
  const all = order.map((row): Drawn => {
    const place = placed.get(names[row]!) ?? 0;
    placed.set(names[row]!, place + 1);
    return { row, place };
  });
  return {
    train: all.filter(({ place }) => place < TRAIN_PHOTOS),
    test: all.filter(({ place }) => place >= TRAIN_PHOTOS),
  };
}
