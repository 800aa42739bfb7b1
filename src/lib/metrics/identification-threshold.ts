import { InputError, requireNumber } from "../errors.js";

/** With fewer strangers than these to be named, a rate is a matter of one or two photos. */
const FEWEST_EXPECTED = 3;

/** See {@link identificationThreshold}. */
export interface IdentificationThreshold {
  /** Who scores at least this is named; infinite where nobody may be. */
  readonly threshold: number;
  /** Part of these strangers that it names, in 0..1; at most what was asked for. */
  readonly fpir: number;
  /** Whether there are enough strangers to say so: at least three are to be named among them. */
  readonly sufficient: boolean;
}

/**
 * The threshold of an open-set identification: the lowest of the strangers' scores at which at most `fpir` of them are named (false
 * positive identification rate). Strangers of equal scores are named together; nothing is interpolated. It is to be used on other
 * strangers than those that it was set on.
 *
 * Phillips, Grother & Micheals: Evaluation Methods in Face Recognition, in Handbook of Face Recognition, 2nd edition, 2011, chapter 21;
 * ISO/IEC 19795-1:2021.
 * @param strangers the best candidate's score for each photo of somebody who is not enrolled, at least one; -Infinity where there is no
 * candidate at all, as in a photo without a face.
 * @param fpir in (0, 1].
 * @throws InputError on no strangers, a score that is NaN or Infinity, or `fpir` out of range.
 */
export function identificationThreshold(strangers: readonly number[], fpir: number): IdentificationThreshold {
  requireNumber("fpir", fpir, 0, 1);
  const size = strangers.length;
  if (size === 0) throw new InputError("invalid strangers: 0 (must be at least one)");
  const wrong = strangers.find((score) => !(score < Number.POSITIVE_INFINITY));
  if (wrong !== undefined) throw new InputError(`invalid score: ${wrong} (must be finite, or -Infinity)`);
  const sorted = [...strangers].sort((a, b) => b - a);
  // 300 strangers at a rate of 1e-2 are three, whatever a product of floating-point numbers says.
  const allowed = Math.floor(size * fpir * (1 + 1e-9));
  let [threshold, named] = [Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i < allowed && sorted[i]! > Number.NEGATIVE_INFINITY; i++) {
    if (sorted[i + 1] !== sorted[i]) [threshold, named] = [sorted[i]!, i + 1];
  }
  return { threshold, fpir: named / size, sufficient: size * fpir > FEWEST_EXPECTED * (1 - 1e-9) };
}
