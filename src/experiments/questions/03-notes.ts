import { percent, points } from "../compare-detectors/cells.js";
import { TEST_PHOTOS, TRAIN_PHOTOS } from "./03-draws.js";
import { enoughOf } from "./03-enough.js";
import { accuracyOf, type Curve, chosenAt, curveOf, sizesOf } from "./learning-curve-records.js";
import { unknownOf } from "./learning-curve-tables.js";
import type { Records } from "./records.js";

/** How it was measured, and what to see. */
export function photosNotes(records: Records): string[] {
  const curve = curveOf(records);
  const [first, most] = [curve.places[0]!, curve.places.at(-1)!];
  const [size] = sizesOf(records, most);
  const people = (size?.test ?? 0) / TEST_PHOTOS;
  return [
    `How: of each of the ${people} people of LFW with ${TRAIN_PHOTOS + TEST_PHOTOS} photos or more as many are drawn, ${TEST_PHOTOS} to test on and ${TRAIN_PHOTOS} in an order to learn from. ` +
      "Learning from one photo takes the first of that order, from two the first two: within a repeat only the number of training photos changes, neither the people nor the test. " +
      "A classifier is not run where it is predicted to take longer than its budget, all repeats together. We know of no published curve that is measured like this one, so none stands beside it.",
    gains(curve, first, most),
    enough(curve, most),
    oddities(records, curve, first),
    'What to see: "not shown to be worse" is no proof of being as good: the interval says how much may still be lost. ' +
      "The bootstrap over people asks what other people would have given, with these photos of them. " +
      "LFW's photos of a person often come from one event, and a photo of another year would need more.",
  ]
    .map((text) => text.trim())
    .filter((text) => text !== "");
}

function gains(curve: Curve, first: number, most: number): string {
  const lines = curve.classifiers
    .filter((name) => name !== "majority" && [first, most].every((at) => curve.answers(at, name).length > 0))
    .map((name) => {
      const of = (at: number): number => accuracyOf(curve.answers(at, name)).mean;
      const steps = curve.places.slice(1).map((at, i) => ({ at, gain: of(at) - of(curve.places[i]!) }));
      const largest = steps.reduce((best, step) => (step.gain > best.gain ? step : best));
      return `- ${name}: ${percent(of(first))} to ${percent(of(most))}, ${points(largest.gain, 1)} points at the step to ${largest.at}`;
    });
  return `From ${first} to ${most} photos, and the largest step:\n\n${lines.join("\n")}`;
}

function enough(curve: Curve, most: number): string {
  const found = curve.classifiers
    .map((name) => enoughOf(curve, name))
    .filter((one) => one !== undefined && one.classifier !== "majority");
  const gained = found.filter((one) => one!.lastWorse > 0);
  if (gained.length === 0)
    return `No classifier is shown to gain from more photos up to ${most}: the repeats are too few to say.`;
  const until = gained.map((one) => one!.enough);
  const [least, largest] = [Math.min(...until), Math.max(...until)];
  const span = least === largest ? `${least}` : `${least} to ${largest}, depending on the classifier,`;
  return `Of ${found.length} classifiers that were run everywhere ${gained.length} are shown to gain from more photos; these are no longer shown to be worse than with ${most} photos from ${span} photos on.`;
}

/** What the fits say where a classifier is far below the best on few photos. */
function oddities(records: Records, curve: Curve, first: number): string {
  const best = Math.max(
    ...curve.classifiers.map((name) => accuracyOf(curve.answers(first, name)).mean).filter(Number.isFinite),
  );
  const lines = curve.classifiers.flatMap((name) => {
    const answers = curve.answers(first, name);
    const accuracy = accuracyOf(answers).mean;
    if (name === "majority" || !(best - accuracy > 0.05)) return [];
    const unknown = unknownOf(answers).mean;
    const rejected = unknown > 0.005 ? `; ${percent(unknown)} % of its answers are "unknown"` : "";
    const [chosen = {}] = chosenAt(records, first, name);
    const facts = Object.entries(chosen)
      .filter(([key, value]) => FACTS.includes(key) && value !== null)
      .map(([key, value]) => `${key} ${Number(Number(value).toFixed(3))}`);
    const fit = facts.length > 0 ? `; its first fit: ${facts.join(", ")}` : "";
    return [`- ${name}: ${percent(accuracy)} %${rejected}${fit}`];
  });
  if (lines.length === 0) return "";
  return `More than 5 points below the best with ${first} ${first === 1 ? "photo" : "photos"}:\n\n${lines.join("\n")}\n\nknn and ml-knn let five photos vote, of which four are then strangers', and between equal votes the name decides in knn and the package in ml-knn; a network cannot hold out anybody's only photo to see when to stop; a threshold cannot be chosen on a second photo that is not there.`;
}

const FACTS = [
  "threshold",
  "nNeighbors",
  "epochs",
  "bestEpoch",
  "accuracy",
  "heldOut",
  "c",
  "minProbability",
  "minCosine",
];
