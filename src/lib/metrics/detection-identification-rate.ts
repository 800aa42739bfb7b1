import { InputError } from "../errors.js";

/** What was said about a photo of somebody who is enrolled. */
export interface IdentificationProbe {
  /** Of the best candidate; -Infinity where there is none, as in a photo without a face. */
  readonly score: number;
  /** Whether the best candidate is who it is (rank 1). */
  readonly right: boolean;
}

/**
 * Part of the photos of people who are enrolled that are named, and rightly (detection and identification rate at rank 1, DIR; ISO calls it
 * true positive identification rate, 1 - FNIR). A wrong name, a score below the threshold and a photo without a candidate all count against it.
 *
 * Phillips, Grother & Micheals: Evaluation Methods in Face Recognition, in Handbook of Face Recognition, 2nd edition, 2011, chapter 21;
 * ISO/IEC 19795-1:2021.
 * @param probes at least one.
 * @param threshold who scores at least this is named; -Infinity names whoever has a candidate.
 * @returns in 0..1.
 * @throws InputError on no probes, or a score or threshold that is NaN.
 */
export function detectionIdentificationRate(
  probes: readonly IdentificationProbe[],
  threshold: number,
): number {
  if (probes.length === 0) throw new InputError("invalid probes: 0 (must be at least one)");
  const wrong = [threshold, ...probes.map(({ score }) => score)].find(Number.isNaN);
  if (wrong !== undefined) throw new InputError(`invalid score: ${wrong} (must be a number)`);
  const named = probes.filter(
    ({ score, right }) => right && score >= threshold && score > Number.NEGATIVE_INFINITY,
  );
  return named.length / probes.length;
}
