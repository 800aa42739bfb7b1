import { type AccuracyLine, accuracyCurveFigure, quantile } from "facelab";
import { count } from "../compare-detectors/cells.js";
import { peoplePlaces } from "./02-draws.js";
import { besideBest } from "./learning-curve-people.js";
import { accuracyOf, type CurveAnswer, curveOf, sizesOf } from "./learning-curve-records.js";
import { accuracyCell, bestTwo, bestTwoCell, measuredCell, unknownOf } from "./learning-curve-tables.js";
import type { ShownFigure, ShownTable } from "./question.js";
import type { Records } from "./records.js";

/** Accuracy that OpenFace publishes for its linear SVM, by people (Amos, Ludwiczuk, Satyanarayanan: OpenFace, CMU-CS-16-118, 2016). */
export const openFace: ReadonlyMap<number, number> = new Map([
  [10, 0.99],
  [25, 0.975],
  [50, 0.95],
  [100, 0.92],
]);

/** Accuracy of each classifier at each number of people. */
export function peopleTable(records: Records): ShownTable {
  const curve = curveOf(records);
  const published = curve.places.map((at) => {
    const accuracy = openFace.get(at);
    return accuracy === undefined ? "-" : (100 * accuracy).toFixed(1);
  });
  return {
    name: "people",
    caption:
      "Accuracy in % by number of people: mean over the repeats +- standard deviation, of all test photos; a photo without a face counts as wrong, and where there is one the accuracy of the faces found stands in brackets.",
    rows: [
      ["classifier", ...curve.places.map((at) => `${at.toLocaleString("en")} people`)],
      ...curve.classifiers.map((name) => [name, ...curve.places.map((at) => accuracyCell(curve, at, name))]),
      ["OpenFace, published", ...published],
    ],
  };
}

/** What was drawn at each number of people, and which classifiers are best there. */
export function placesTable(records: Records): ShownTable {
  const curve = curveOf(records);
  const rows = curve.places.map((at) => {
    const sizes = sizesOf(records, at);
    const { minPhotos } = peoplePlaces.find(({ people }) => people === at)!;
    const two = bestTwo(records, curve, at);
    const published = openFace.get(at);
    const difference = published === undefined ? "-" : `+${(100 * (two.accuracy - published)).toFixed(1)}`;
    return [
      at.toLocaleString("en"),
      minPhotos === 20 ? "20" : `${minPhotos} to 20`,
      range(sizes.map(({ train }) => train)),
      range(sizes.map(({ test }) => test)),
      range(sizes.map(({ noFace }) => noFace)),
      count(sizes.length),
      bestTwoCell(two),
      besideBest(curve, at, two.best)
        .filter(({ mean, adjustedPValue }) => mean > 0 && adjustedPValue < 0.05)
        .map(({ classifier }) => classifier)
        .join(", ") || "none",
      difference.replace("+-", "-"),
    ];
  });
  return {
    name: "places",
    caption:
      "What was drawn, and the two most accurate classifiers; p: corrected resampled t-test of every pair of classifiers over the repeats, Holm's correction over the pairs of a row. Over people: bootstrap (2,000 draws) of the best against each other classifier, Holm's correction over these, 5 %.",
    rows: [
      [
        "people",
        "photos of each",
        "training photos",
        "test photos",
        "of them without a face",
        "repeats",
        "best two",
        "shown to be worse than the best, over people",
        "best less OpenFace, points",
      ],
      ...rows,
    ],
  };
}

/** Training photos of a person, as groups. */
export const knownGroups = [
  { name: "1", from: 0, to: 1 },
  { name: "2", from: 2, to: 2 },
  { name: "3 or 4", from: 3, to: 4 },
  { name: "5 to 8", from: 5, to: 8 },
  { name: "9 to 18", from: 9, to: 18 },
] as const;

/** The answers about people with so many training photos. */
export function ofGroup(
  answers: readonly CurveAnswer[],
  { from, to }: { readonly from: number; readonly to: number },
): CurveAnswer[] {
  return answers.filter(({ known }) => known >= from && known <= to);
}

/** The accuracy at the most people by how many training photos there are of the true person. */
export function knownTable(records: Records): ShownTable {
  const curve = curveOf(records);
  const most = curve.places.at(-1)!;
  const fewer = curve.places.filter((at) => at >= 50 && at < most);
  const groups = knownGroups.filter(
    (group) => ofGroup(curve.answers(most, curve.classifiers.at(-1)!), group).length > 0,
  );
  const full = knownGroups.at(-1)!;
  const rows = curve.classifiers
    .filter((name) => curve.answers(most, name).length > 0)
    .map((name) => [
      name,
      ...groups.map((group) => measuredCell(accuracyOf(ofGroup(curve.answers(most, name), group)))),
      measuredCell(unknownOf(curve.answers(most, name))),
      ...fewer.map((at) => measuredCell(accuracyOf(ofGroup(curve.answers(at, name), full)))),
    ]);
  return {
    name: "training-photos",
    caption: `Accuracy in % among ${most.toLocaleString("en")} people by the training photos of the true person, and the share of answers "unknown". Beside it, for people with ${full.name} training photos: accuracy among fewer people.`,
    rows: [
      [
        "classifier",
        ...groups.map(({ name }) => `${name} training ${name === "1" ? "photo" : "photos"}`),
        "unknown",
        ...fewer.map((at) => `${full.name}, among ${at}`),
      ],
      ...rows,
    ],
  };
}

/** Accuracy over the number of people, whole and from where the good ones are. */
export function peopleFigures(records: Records): ShownFigure[] {
  const curve = curveOf(records);
  const lines = curve.classifiers.flatMap((name): AccuracyLine[] => {
    const x = curve.places.filter((at) => curve.answers(at, name).length > 0);
    const y = x.map((at) => accuracyOf(curve.answers(at, name)).mean);
    return x.length < 2 ? [] : [{ name, x, y }];
  });
  const measured = curve.places.filter((at) => openFace.has(at));
  const published = {
    name: "OpenFace, published",
    x: measured,
    y: measured.map((at) => openFace.get(at)!),
    published: true,
  };
  const good = lines.filter(({ y }) => quantile(y, 0) >= GOOD);
  const figure = (shown: readonly AccuracyLine[], lowest: number) =>
    accuracyCurveFigure(
      "More people, fewer right answers",
      "LFW, means over the repeats",
      [...shown, published],
      {
        xTitle: "people, logarithmic",
        logarithmic: true,
        lowest,
      },
    );
  return [
    {
      name: "accuracy",
      description: "accuracy of every classifier over the number of people",
      figure: figure(lines, 0),
    },
    {
      name: "accuracy-above-70",
      description: "the same from 70 % on, without the classifiers that fall below",
      figure: figure(good, GOOD),
    },
  ];
}

const GOOD = 0.7;

function range(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low === high ? count(low) : `${low} to ${high}`;
}
