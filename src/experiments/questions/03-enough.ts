import { holm } from "facelab";
import { peopleDifference } from "./learning-curve-people.js";
import { accuracyOf, type Curve } from "./learning-curve-records.js";

/** Where a classifier's accuracy with fewer photos is no longer shown to be lower than with the most. */
export interface Enough {
  readonly classifier: string;
  /** The most photos at which it still is; 0 where it never is. */
  readonly lastWorse: number;
  /** From here on, photos of each person; the most where even the last step is shown to help. */
  readonly enough: number;
  /** Accuracy at `enough` less that with the most, and its 95 % interval; 0 where `enough` is the most. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** The first number of photos whose mean is within half a point of the most's. */
  readonly withinHalfPoint: number;
}

/**
 * Compares each number of photos with the most, by bootstrap over people with Holm's correction over the numbers of photos.
 * @returns undefined where the classifier was not run everywhere.
 */
export function enoughOf(curve: Curve, classifier: string): Enough | undefined {
  const { places } = curve;
  if (places.some((at) => curve.answers(at, classifier).length === 0)) return undefined;
  const most = places.at(-1)!;
  const fewer = places.slice(0, -1);
  const full = curve.answers(most, classifier);
  const differences = fewer.map((at) => peopleDifference(curve.answers(at, classifier), full));
  const adjusted = holm(differences.map(({ pValue }) => pValue));
  const worse = fewer.filter((_, i) => differences[i]!.mean < 0 && adjusted[i]! < 0.05);
  const lastWorse = Math.max(0, ...worse);
  const enough = places.find((at) => at > lastWorse)!;
  const own = differences[fewer.indexOf(enough)];
  const mean = (at: number): number => accuracyOf(curve.answers(at, classifier)).mean;
  return {
    classifier,
    lastWorse,
    enough,
    difference: own?.mean ?? 0,
    low: own?.low ?? 0,
    high: own?.high ?? 0,
    withinHalfPoint: places.find((at) => mean(most) - mean(at) <= 0.005)!,
  };
}
