import { correctedResampledTTest, holm } from "facelab";
import type { MeasuredMethod, ProbabilityScores } from "./06-scores.js";
import { measuredMethods } from "./06-scores.js";
import type { Records } from "./records.js";

/** Scores of which calibration may change the mean; of all, less is better. */
export const COMPARED = ["logLoss", "brier", "ece"] as const;

/** A calibrated method beside its classifier's raw scores. */
export interface CalibrationComparison {
  readonly calibrated: MeasuredMethod;
  readonly score: (typeof COMPARED)[number];
  /** Mean over repeats of calibrated - raw: below 0, calibration made it better. */
  readonly difference: number;
  /** Corrected resampled t-test, Holm's correction over all comparisons of the table. */
  readonly pValue: number;
}

/** Every calibrated method against its raw one, by every score. */
export function calibrationComparisons(records: Records): CalibrationComparison[] {
  const measured = measuredMethods(records);
  const { trainPhotos, testPhotos } = records.about as { trainPhotos: number; testPhotos: number };
  const tested = measured
    .filter(({ method }) => !method.raw)
    .flatMap((calibrated) => {
      const raw = measured.find(
        ({ method }) => method.raw && method.classifier === calibrated.method.classifier,
      )!;
      return COMPARED.map((score) => {
        const of = (scores: ProbabilityScores | undefined): number => scores?.[score] as number;
        const differences = calibrated.scores.map((scores, i) => of(scores) - of(raw.scores[i]));
        const { mean, pValue } = correctedResampledTTest(differences, trainPhotos, testPhotos);
        return { calibrated, score, difference: mean, pValue };
      });
    });
  const adjusted = holm(tested.map(({ pValue }) => pValue));
  return tested.map((one, i) => ({ ...one, pValue: adjusted[i] as number }));
}
