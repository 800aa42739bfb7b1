import { holm } from "facelab";
import { type Curve, type CurveAnswer, isRight } from "./learning-curve-records.js";
import { type BootstrapDifference, bootstrapByPerson } from "./people-bootstrap.js";

/** The accuracy of some answers less that of others about the same photos, by bootstrap over people. */
export function peopleDifference(
  own: readonly CurveAnswer[],
  others: readonly CurveAnswer[],
): BootstrapDifference {
  return bootstrapByPerson(
    own.map(({ person }) => person),
    own.map((answer, i) => Number(isRight(answer)) - Number(isRight(others[i]!))),
  );
}

/** A classifier beside the best one of its place. */
export interface BesideBest extends BootstrapDifference {
  readonly classifier: string;
  /** Adjusted by Holm for all the classifiers beside the best. */
  readonly adjustedPValue: number;
}

/** How much every other classifier of a place loses against one. */
export function besideBest(curve: Curve, at: number, best: string): BesideBest[] {
  const others = curve.classifiers.filter((name) => name !== best && curve.answers(at, name).length > 0);
  const differences = others.map((name) =>
    peopleDifference(curve.answers(at, best), curve.answers(at, name)),
  );
  const adjusted = holm(differences.map(({ pValue }) => pValue));
  return others.map((classifier, i) => ({ ...differences[i]!, classifier, adjustedPValue: adjusted[i]! }));
}
