/** Probabilities proportional to `exp(logits)`; the largest logit is taken off first, so that nothing overflows. */
export function softmax(logits: Float64Array): Float64Array {
  let highest = Number.NEGATIVE_INFINITY;
  for (const logit of logits) if (logit > highest) highest = logit;
  const probabilities = logits.map((logit) => Math.exp(logit - highest));
  let sum = 0;
  for (const probability of probabilities) sum += probability;
  return probabilities.map((probability) => probability / sum);
}
