import type { Random } from "../types.js";
import { type FittedThreshold, genuineImpostorThreshold } from "./genuine-impostor-threshold.js";
import { unitVector } from "./l2-normalizer.js";
import { type CompleteSoftmaxNetworkOptions, fitSoftmaxNetwork } from "./softmax-network.js";
import { softmaxNetworkModel } from "./softmax-network-model.js";
import { stratifiedFolds } from "./stratified-folds.js";
import { argmax, selectRows, type TrainingSet } from "./training-set.js";
import { nearestPerPerson } from "./two-stage-gate-similarity.js";

/** Genuine faces that the cosine may cost where it is raised above the gap, and those that the probability may. */
const COSINE_COST = 0.03;
const PROBABILITY_COST = 0.01;
/** More probable than all other people together. */
const HIGHEST_PROBABILITY = 0.5;

/**
 * The second stage's threshold, from each training face left out once. Genuine is its similarity to its person's nearest other
 * face; as a stranger it is compared with everybody else's faces, of which the network could pick no nearer one.
 *
 * The threshold of genuine-impostor-threshold.ts lies in the middle of the gap between the two. It is raised to the 3 % quantile
 * of the genuine similarities where that is higher: what the people enrolled look like to each other says little about how
 * near a stranger may come, and with five of them the gap's threshold lets too many pass. 3 % is from drawing 3 to 20 people of LFW
 * and asking about others of LFW: it names about 1 in 1,000 of those, and still 19 in 20 known faces.
 */
export function gateCosine(set: TrainingSet): FittedThreshold {
  const { codes, size } = set;
  const nearest = nearestPerPerson(set);
  const genuine: number[] = [];
  const impostor: number[] = [];
  for (let row = 0; row < size; row++) {
    const similarities = nearest(unitRow(set, row), row);
    const own = similarities[codes[row]!]!;
    similarities[codes[row]!] = Number.NEGATIVE_INFINITY;
    const other = similarities[argmax(similarities)]!;
    if (own > Number.NEGATIVE_INFINITY) genuine.push(own);
    if (other > Number.NEGATIVE_INFINITY) impostor.push(other);
  }
  const gap = genuineImpostorThreshold(Float64Array.from(genuine), Float64Array.from(impostor)).threshold;
  const threshold = genuine.length === 0 ? gap : Math.max(gap, quantile(genuine, COSINE_COST));
  const share = (scores: readonly number[], wrong: (score: number) => boolean): number | null =>
    scores.length === 0 ? null : scores.filter(wrong).length / scores.length;
  return {
    threshold,
    falseAcceptRate: share(impostor, (score) => score >= threshold),
    falseRejectRate: share(genuine, (score) => score < threshold),
  };
}

/**
 * The first stage's threshold, for faces that pass the second. The people are dealt into groups and the photos into folds; each
 * network is trained without one group and without one fold. That fold's faces which are given their own name are genuine,
 * those given another's and all of the group's are not.
 *
 * Again the middle of the gap, or the lowest genuine probability where nothing else passes the cosine; but never above the 1 %
 * quantile of the genuine ones, because a network that is sure of strangers must not cost known faces, and never above 0.5:
 * a softmax saturates, and what is 0.9999 in one network is 0.99 in the next. Without genuine ones, or with one person, 0.
 */
export async function gateProbability(
  set: TrainingSet,
  options: CompleteSoftmaxNetworkOptions,
  { folds, minCosine, random }: { folds: number; minCosine: number; random: Random },
): Promise<number> {
  const splits = stratifiedFolds(set, random, folds);
  const people = random.fork("people").shuffle([...set.labels.keys()]);
  const group = new Map(people.map((person, i) => [person, i % splits.length]));
  const genuine: number[] = [];
  const impostor: number[] = [];
  for (const [fold, split] of splits.entries()) {
    const isStranger = (row: number): boolean => group.get(set.codes[row]!) === fold;
    const enrolled = selectRows(
      set,
      split.train.filter((row) => !isStranger(row)),
    );
    const { learned, chosen } = await fitSoftmaxNetwork(enrolled, options, random.fork(`network ${fold}`));
    const network = softmaxNetworkModel("gate", learned, chosen);
    const nearest = nearestPerPerson(enrolled);
    for (let row = 0; row < set.size; row++) {
      const stranger = isStranger(row);
      if (!stranger && !split.test.includes(row)) continue;
      const probabilities = network.predictProba(Float32Array.from(rowOf(set, row)));
      const person = argmax(probabilities);
      if (nearest(unitRow(set, row))[person]! < minCosine) continue;
      (!stranger && person === set.codes[row] ? genuine : impostor).push(probabilities[person]!);
    }
  }
  if (genuine.length === 0) return 0;
  const gap = genuineImpostorThreshold(Float64Array.from(genuine), Float64Array.from(impostor)).threshold;
  return Math.min(gap, quantile(genuine, PROBABILITY_COST), HIGHEST_PROBABILITY);
}

function rowOf({ rows, dimensions }: TrainingSet, row: number): Float64Array {
  return rows.subarray(row * dimensions, (row + 1) * dimensions);
}

function unitRow(set: TrainingSet, row: number): Float64Array {
  return unitVector(rowOf(set, row));
}

/** numpy's default, linear between neighbours. @param values at least one. */
function quantile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  const place = (sorted.length - 1) * share;
  const low = Math.floor(place);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low]! + (place - low) * (sorted[high]! - sorted[low]!);
}
