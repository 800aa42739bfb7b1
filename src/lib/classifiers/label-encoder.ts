import { compareCodePoints } from "../compare-code-points.js";
import { InputError } from "../errors.js";

/** Labels as whole numbers and back; made by {@link labelEncoder}. */
export interface LabelEncoder {
  /** The distinct labels, sorted by code point as numpy sorts them; a label's position is its code. */
  readonly classes: readonly string[];
  /** Codes of labels. @throws InputError on a label that was not among those encoded: `unknown label: foo (...)`. */
  transform(labels: readonly string[]): Int32Array;
  /** Labels of codes. @throws InputError on a code that is not in 0..classes.length - 1. */
  inverseTransform(codes: ArrayLike<number>): string[];
}

/**
 * Learns the distinct labels (scikit-learn's `LabelEncoder().fit(labels)`).
 * @param labels in any order, with repetitions.
 */
export function labelEncoder(labels: readonly string[]): LabelEncoder {
  const classes: readonly string[] = [...new Set(labels)].sort(compareCodePoints);
  const codes = new Map(classes.map((label, code) => [label, code]));
  return {
    classes,
    transform: (unseen) =>
      Int32Array.from(unseen, (label) => {
        const code = codes.get(label);
        if (code === undefined) {
          throw new InputError(
            `unknown label: ${label} (must be one of the ${classes.length} fitted labels)`,
          );
        }
        return code;
      }),
    inverseTransform: (numbers) =>
      Array.from(numbers, (code) => {
        const label = classes[code];
        if (label === undefined) {
          throw new InputError(`invalid code: ${code} (must be an integer in 0..${classes.length - 1})`);
        }
        return label;
      }),
  };
}
