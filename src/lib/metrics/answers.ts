import { InputError } from "../errors.js";

/** What a classifier said about one sample: a label, or `null` where it named nobody (`unknown`). */
export type Answer = string | null;

/**
 * Checks that there is one answer for each true label, and at least one.
 * @throws InputError as in `invalid predicted: 3 answers (must be 4, one for each true label)`.
 */
export function requireAnswers(
  truth: readonly string[],
  answers: { readonly length: number },
  name = "predicted",
): void {
  if (truth.length === 0) throw new InputError("invalid truth: no labels (must be at least one)");
  if (answers.length !== truth.length) {
    throw new InputError(
      `invalid ${name}: ${answers.length} answers (must be ${truth.length}, one for each true label)`,
    );
  }
}
