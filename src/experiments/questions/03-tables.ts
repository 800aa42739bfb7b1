import { type AccuracyLine, accuracyCurveFigure } from "facelab";
import { count, points } from "../compare-detectors/cells.js";
import { enoughOf } from "./03-enough.js";
import { besideBest } from "./learning-curve-people.js";
import { accuracyOf, curveOf } from "./learning-curve-records.js";
import { accuracyCell, bestOf } from "./learning-curve-tables.js";
import type { ShownFigure, ShownTable } from "./question.js";
import type { Records } from "./records.js";

/** Accuracy of each classifier by training photos of each person. */
export function photosTable(records: Records): ShownTable {
  const curve = curveOf(records);
  const header = ["classifier", ...curve.places.map((at) => `${at} ${at === 1 ? "photo" : "photos"}`)];
  return {
    name: "photos",
    caption:
      "Accuracy in % by training photos of each person, on the same test photos: mean over the repeats +- standard deviation, of all test photos; a photo without a face counts as wrong, and where there is one the accuracy of the faces found stands in brackets.",
    rows: [
      header,
      ...curve.classifiers.map((name) => [name, ...curve.places.map((at) => accuracyCell(curve, at, name))]),
    ],
  };
}

/** From how many photos on a classifier is not shown to lose. */
export function enoughTable(records: Records): ShownTable {
  const curve = curveOf(records);
  const most = curve.places.at(-1)!;
  const rows = curve.classifiers.map((name) => {
    const one = enoughOf(curve, name);
    if (one === undefined) return [name, "not run everywhere", "-", "-", "-"];
    return [
      name,
      one.lastWorse === 0 ? "never" : count(one.lastWorse),
      count(one.enough),
      one.enough === most
        ? "-"
        : `${points(one.difference, 1)} (${points(one.low, 1)} to ${points(one.high, 1)})`,
      count(one.withinHalfPoint),
    ];
  });
  return {
    name: "enough",
    caption: `Where more photos no longer help: each number of training photos against ${most}, by bootstrap over people (2,000 draws) with Holm's correction over the numbers of photos, 5 %; the interval is that of the one difference.`,
    rows: [
      [
        "classifier",
        "shown to be worse up to, photos",
        "not shown from, photos",
        "its difference there, points (95 %)",
        `within half a point of ${most} from, photos`,
      ],
      ...rows,
    ],
  };
}

/** The most accurate classifier at each number of photos. */
export function bestTable(records: Records): ShownTable {
  const curve = curveOf(records);
  return {
    name: "best",
    caption:
      "The most accurate classifier, and which others are behind it by more than chance: bootstrap over people (2,000 draws), Holm's correction over the classifiers of a row, 5 %.",
    rows: [
      ["training photos of each", "best", "shown to be worse", "not shown to be worse"],
      ...curve.places.map((at) => {
        const best = bestOf(curve, at);
        const others = besideBest(curve, at, best);
        const names = (worse: boolean): string =>
          others
            .filter(({ mean, adjustedPValue }) => (mean > 0 && adjustedPValue < 0.05) === worse)
            .map(({ classifier }) => classifier)
            .join(", ") || "none";
        return [count(at), best, names(true), names(false)];
      }),
    ],
  };
}

/** Accuracy over training photos, whole and from where the good ones are. */
export function photosFigures(records: Records): ShownFigure[] {
  const curve = curveOf(records);
  const lines = curve.classifiers.flatMap((name): AccuracyLine[] => {
    const x = curve.places.filter((at) => curve.answers(at, name).length > 0);
    const y = x.map((at) => accuracyOf(curve.answers(at, name)).mean);
    return x.length < 2 ? [] : [{ name, x, y }];
  });
  const figure = (shown: readonly AccuracyLine[], lowest: number) =>
    accuracyCurveFigure("How many photos are enough?", "LFW, means over the repeats", shown, {
      xTitle: "training photos of each person",
      logarithmic: false,
      lowest,
    });
  const good = lines.filter(({ y }) => Math.max(...y) > GOOD);
  return [
    {
      name: "accuracy",
      description: "accuracy of every classifier over the training photos of each person",
      figure: figure(lines, 0),
    },
    ...(good.length > 0
      ? [
          {
            name: "accuracy-above-90",
            description: "the same from 90 % on",
            figure: figure(good, GOOD),
          },
        ]
      : []),
  ];
}

const GOOD = 0.9;
