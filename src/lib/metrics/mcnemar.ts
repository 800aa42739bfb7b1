import { requireInteger } from "../errors.js";

/**
 * Compares two classifiers on one test set: the two-sided p-value, in 0..1, of the hypothesis that both are right equally often.
 * Only the samples count on which exactly one of them is right.
 *
 * McNemar, Psychometrika 12, 1947; always the exact binomial test, never the chi-square approximation:
 * 2 P(X <= min(b, c)), X ~ Binomial(b + c, 1/2), at most 1. Without any such sample it is 1.
 * @param b samples on which the first is right and the second wrong.
 * @param c samples on which the second is right and the first wrong.
 * @throws InputError where b or c is not a whole number >= 0.
 */
export function mcnemar(b: number, c: number): number {
  const n = requireInteger("b", b, 0) + requireInteger("c", c, 0);
  const k = Math.min(b, c);
  if (2 * k >= n - 1) return 1;
  // (n over k) / 2^(n - 1), halved whenever it can be, so that it neither overflows nor gathers the error of logarithms.
  let largest = 1;
  let halvings = n - 1;
  for (let i = 1; i <= k; i++) {
    largest *= (n - k + i) / i;
    for (; largest > 1; halvings--) largest /= 2;
  }
  // The tail relative to its largest term.
  let tail = 0;
  for (let i = k, term = 1; i >= 0 && term > 1e-18; i--) {
    tail += term;
    term *= i / (n - i + 1);
  }
  return Math.min(1, largest * tail * 2 ** -halvings);
}
