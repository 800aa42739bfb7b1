import {
  createClassifier,
  drawPerPerson,
  type EmbeddedSet,
  type LfwEmbeddings,
  lfwEmbeddedSet,
} from "facelab";
import type { CurvePoint } from "./learning-curve.js";
import { measureCurve } from "./learning-curve.js";
import { pixelsOf, withPixels } from "./learning-curve-pixels.js";
import { lfwMaterial } from "./lfw-material.js";
import type { QuestionContext } from "./question.js";
import type { Records } from "./records.js";

/**
 * How many people, drawn at random among those with so many photos. Up to 50 people as many repeats as make 1,000 test
 * photos, since a repeat among 10 people has only 20; fewer where a fit takes minutes.
 */
export const peoplePlaces = [
  { people: 10, minPhotos: 20, repeats: 50 },
  { people: 25, minPhotos: 20, repeats: 20 },
  { people: 50, minPhotos: 20, repeats: 10 },
  { people: 100, minPhotos: 10, repeats: 5 },
  { people: 158, minPhotos: 10, repeats: 5 },
  { people: 423, minPhotos: 5, repeats: 3 },
  { people: 1680, minPhotos: 2, repeats: 2 },
] as const;

/** Photos of each person at most, and the share to test on: OpenFace's. */
const MOST_PHOTOS = 20;
const TEST_SIZE = 0.1;
const BUDGET_SECONDS = 60;

/** Eigenfaces has to look for faces in photos, and its support vector machine is slow among many people. */
const MOST_EIGENFACES = 158;
const QUICK = { mostPeople: 158, repeats: 2 };
const CLASSIFIERS = [
  ...["svm", "cosine", "knn", "cosine-mean", "svm-c1", "ml-svm"],
  ...["ml-knn", "softmax", "softmax-10", "gate", "eigenfaces", "majority"],
];
const SLOW = ["svm", "gate"];

/** Every classifier on more and more people of LFW. */
export async function peopleRecords(context: QuestionContext): Promise<Records> {
  const { quick } = context;
  const lfw = await lfwMaterial();
  const draws = peoplePlaces
    .filter(({ people }) => !quick || people <= QUICK.mostPeople)
    .flatMap(({ people, minPhotos, repeats }) =>
      Array.from({ length: quick ? QUICK.repeats : repeats }, (_, repeat) => ({
        at: people,
        repeat,
        rows: drawnRows(lfw.names, { people, minPhotos, random: context.random.fork(`draw ${repeat}`) }),
      })),
    );
  const few = draws.filter(({ at }) => at <= MOST_EIGENFACES).flatMap(({ rows }) => rows);
  const needed = [...new Set(few)].sort((a, b) => a - b);
  const pixels = await pixelsOf(needed, lfw, context);
  const points = draws.map(({ at, repeat, rows }): CurvePoint => {
    const set = lfwEmbeddedSet("LFW", lfw, rows);
    const own = at <= MOST_EIGENFACES ? pixels : undefined;
    return {
      at,
      repeat,
      set: { ...set, photos: set.photos.map((photo, i) => withPixels(photo, own?.get(rows[i]!))) },
    };
  });
  const names = CLASSIFIERS.filter((name) => !quick || !SLOW.includes(name));
  const records = await measureCurve(
    {
      points,
      classifiers: names.map((name) => createClassifier(name)),
      budgetSeconds: quick ? BUDGET_SECONDS / 10 : BUDGET_SECONDS,
      testSize: TEST_SIZE,
      rowOf: rowsByPath(lfw),
    },
    context,
  );
  return { ...records, about: { ...records.about, quick } };
}

/** Where a photo of `lfwEmbeddedSet` is in the file. */
export function rowsByPath(lfw: LfwEmbeddings): Map<string, number> {
  const all: EmbeddedSet = lfwEmbeddedSet("LFW", lfw, [...lfw.names.keys()]);
  return new Map(all.photos.map(({ path }, row) => [path, row]));
}

/** People at random, with 20 photos of those who have as many, and all of the others'. The same repeat gives the same photos of a person at every place. */
export function drawnRows(
  names: readonly string[],
  { people, minPhotos, random }: { people: number; minPhotos: number } & Pick<QuestionContext, "random">,
): number[] {
  const capped = new Set(drawPerPerson(names, { photosPerPerson: MOST_PHOTOS, random }));
  const many = new Set([...capped].map((row) => names[row]));
  const drawn = drawPerPerson(names, { minPhotos, people, random });
  return drawn.filter((row) => capped.has(row) || !many.has(names[row]));
}
