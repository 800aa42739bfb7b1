import { InputError } from "../errors.js";

/**
 * Part of the photos of strangers that are given a name, whichever (false positive identification rate, FPIR; false alarm rate).
 *
 * Phillips, Grother & Micheals: Evaluation Methods in Face Recognition, in Handbook of Face Recognition, 2nd edition, 2011, chapter 21;
 * ISO/IEC 19795-1:2021.
 * @param strangers the best candidate's score for each photo of somebody who is not enrolled, at least one; -Infinity where there is no
 * candidate.
 * @param threshold who scores at least this is named; -Infinity names whoever has a candidate.
 * @returns in 0..1.
 * @throws InputError on no strangers, or a score or threshold that is NaN.
 */
export function falsePositiveIdentificationRate(strangers: readonly number[], threshold: number): number {
  if (strangers.length === 0) throw new InputError("invalid strangers: 0 (must be at least one)");
  const wrong = [threshold, ...strangers].find(Number.isNaN);
  if (wrong !== undefined) throw new InputError(`invalid score: ${wrong} (must be a number)`);
  const named = strangers.filter((score) => score >= threshold && score > Number.NEGATIVE_INFINITY);
  return named.length / strangers.length;
}
