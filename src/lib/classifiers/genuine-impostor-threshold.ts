/** A threshold and how the scores that it was chosen on fall: `score >= threshold` is accepted. */
export interface FittedThreshold {
  readonly threshold: number;
  /** Share of impostor scores accepted; null where there are none. */
  readonly falseAcceptRate: number | null;
  /** Share of genuine scores rejected; null where there are none. */
  readonly falseRejectRate: number | null;
}

/** So many strangers without a false accept say, at 95 %, that fewer than 1 in 20 are accepted (the rule of three). */
const ENOUGH_PEOPLE = 60;
const GENUINE_COST = 0.03;

/**
 * Share of known faces that a threshold may cost, because the people enrolled are too few to say how near a stranger may come.
 *
 * Each of them serves as a stranger to the others. With five who look unlike each other the gap is wide, and its middle has named two strangers
 * in five; from 60 on they are strangers enough. Drawing people of LFW and asking about others of LFW, with 5 enrolled the middle of the
 * gap names 99.3 % of the known faces and 2.2 % of the strangers, raised 95.7 % and 0.3 %; with 60 it is 97.9 % and 1.1 % without
 * raising.
 */
export function genuineCost(people: number): number {
  return people < ENOUGH_PEOPLE ? GENUINE_COST : 0;
}

/**
 * Chooses the threshold with the smallest sum of false-accept and false-reject rate, in the middle of the gap between the
 * two neighbouring scores; of equally good gaps the widest, then the highest. Where it may cost a share of the genuine
 * scores it is raised to as high as that allows.
 *
 * Without impostors: the lowest genuine score, the strictest threshold that accepts all of them. Without genuine scores: half-way
 * from the highest impostor score to 1. Without both: 0.5.
 * @param genuine similarities (-1..1) of faces of one person.
 * @param impostor similarities of faces of different people.
 * @param cost share of the genuine scores that may be rejected for the strangers' sake, 0..1, see {@link genuineCost}. @default 0
 */
export function genuineImpostorThreshold(
  genuine: Float64Array,
  impostor: Float64Array,
  cost = 0,
): FittedThreshold {
  const gap = choose(genuine.toSorted(), impostor.toSorted());
  const raised = cost > 0 && genuine.length > 0;
  const threshold = raised ? Math.max(gap, costing(genuine, cost)) : gap;
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

/** The highest score below which lie at most that share of them. @param scores at least one. @param share 0..1, below 1. */
export function costing(scores: Float64Array, share: number): number {
  return scores.toSorted()[Math.floor(share * scores.length)]!;
}
