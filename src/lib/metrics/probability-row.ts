import { InputError } from "../errors.js";

/** As scikit-learn warns about for 32-bit probabilities: the square root of their epsilon. */
const sumTolerance = Math.sqrt(2 ** -23);

/**
 * Checks the probabilities of one answer.
 * @param i its number, for the message.
 * @param size how many labels there are.
 * @throws InputError on another length, a number outside of 0..1, or a sum that is not 1 (within 3.5e-4).
 */
export function requireDistribution(row: ArrayLike<number>, i: number, size: number): void {
  if (row.length !== size) {
    throw new InputError(`invalid probabilities: row ${i} has ${row.length} (must be ${size}, one a label)`);
  }
  let sum = 0;
  for (let j = 0; j < size; j++) {
    const p = row[j]!;
    if (!(p >= 0 && p <= 1)) {
      throw new InputError(`invalid probabilities: ${p} in row ${i} (must be in 0..1)`);
    }
    sum += p;
  }
  if (Math.abs(sum - 1) > sumTolerance) {
    throw new InputError(`invalid probabilities: row ${i} sums to ${sum} (must be 1)`);
  }
}
