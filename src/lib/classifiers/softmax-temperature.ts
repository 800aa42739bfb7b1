/** One training face seen as a question: its similarity to each candidate, and which of them is right. */
export interface Question {
  readonly similarities: Float64Array;
  readonly answer: number;
}

/**
 * Fits the temperature T of `softmax(similarities / T)` by log-loss, after Guo et al.: On calibration of modern neural
 * networks, ICML 2017.
 *
 * One more question is added to the given ones whose answer is spread evenly over all candidates, as Laplace would: without
 * it people who are perfectly told apart would drive T to 0. The loss is convex in 1 / T, so that halving an interval finds its
 * minimum.
 * @returns a number in 1e-4..1e3; 1 where there is nothing to learn from.
 */
export function softmaxTemperature(questions: readonly Question[]): number {
  if (questions.length === 0) return 1;
  let low = Math.log(1e-3);
  let high = Math.log(1e4);
  // 40 halvings leave 1e-11 of the interval.
  for (let i = 0; i < 40; i++) {
    const middle = (low + high) / 2;
    const slope = lossSlope(questions, Math.exp(middle));
    if (slope === 0) return Math.exp(-middle);
    if (slope < 0) low = middle;
    else high = middle;
  }
  return Math.exp(-(low + high) / 2);
}

/** Derivative of the loss by 1 / T: what the softmax expects minus what the answers say. */
function lossSlope(questions: readonly Question[], inverse: number): number {
  let slope = 0;
  for (const { similarities, answer } of questions) {
    let highest = Number.NEGATIVE_INFINITY;
    let total = 0;
    for (const s of similarities) {
      if (s > highest) highest = s;
      total += s;
    }
    let weight = 0;
    let expected = 0;
    for (const s of similarities) {
      const w = Math.exp(inverse * (s - highest));
      weight += w;
      expected += w * s;
    }
    expected /= weight;
    slope += expected - similarities[answer]! + (expected - total / similarities.length) / questions.length;
  }
  return slope;
}
