/** A threshold and how the scores that it was chosen on fall: `score >= threshold` is accepted. */
export interface FittedThreshold {
  readonly threshold: number;
  /** Share of impostor scores accepted; null where there are none. */
  readonly falseAcceptRate: number | null;
  /** Share of genuine scores rejected; null where there are none. */
  readonly falseRejectRate: number | null;
}

/**
 * Chooses the threshold with the smallest sum of false-accept and false-reject rate, in the middle of the gap between the
 * two neighbouring scores; of equally good gaps the widest, then the highest.
 *
 * Without impostors: the lowest genuine score, the strictest threshold that accepts all of them. Without genuine scores: half-way
 * from the highest impostor score to 1. Without both: 0.5.
 * @param genuine similarities (-1..1) of faces of one person.
 * @param impostor similarities of faces of different people.
 */
export function genuineImpostorThreshold(genuine: Float64Array, impostor: Float64Array): FittedThreshold {
  const threshold = choose(genuine.toSorted(), impostor.toSorted());
  const share = (scores: Float64Array, count: number): number | null =>
    scores.length === 0 ? null : count / scores.length;
  return {
    threshold,
    falseAcceptRate: share(impostor, impostor.filter((score) => score >= threshold).length),
    falseRejectRate: share(genuine, genuine.filter((score) => score < threshold).length),
  };
}

function choose(genuine: Float64Array, impostor: Float64Array): number {
  if (genuine.length === 0 && impostor.length === 0) return 0.5;
  if (impostor.length === 0) return genuine[0]!;
  if (genuine.length === 0) return (impostor.at(-1)! + 1) / 2;

  const scores = Float64Array.from(new Set([...genuine, ...impostor])).sort();
  let best = { threshold: scores[0]!, cost: Number.POSITIVE_INFINITY, width: 0 };
  let rejected = 0;
  let accepted = impostor.length;
  for (let i = 0; i + 1 < scores.length; i++) {
    const low = scores[i]!;
    const high = scores[i + 1]!;
    while (genuine[rejected]! <= low) rejected++;
    while (impostor[impostor.length - accepted]! <= low) accepted--;
    // Both rates times both counts: whole numbers, so that equal sums are equal.
    const cost = rejected * impostor.length + accepted * genuine.length;
    const width = high - low;
    if (cost < best.cost || (cost === best.cost && width >= best.width)) {
      best = { threshold: (low + high) / 2, cost, width };
    }
  }
  return best.threshold;
}
