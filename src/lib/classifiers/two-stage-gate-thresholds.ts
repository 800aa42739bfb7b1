import type { Random } from "../types.js";
import { unitVector } from "../unit-vector.js";
import { costing, genuineImpostorThreshold } from "./genuine-impostor-threshold.js";
import { nearestPerPerson } from "./nearest-per-person.js";
import { type CompleteSoftmaxNetworkOptions, fitSoftmaxNetwork } from "./softmax-network.js";
import { softmaxNetworkModel } from "./softmax-network-model.js";
import { stratifiedFolds } from "./stratified-folds.js";
import { argmax, selectRows, type TrainingSet } from "./training-set.js";

/** Share of the genuine faces that the probability may cost. */
const PROBABILITY_COST = 0.01;
/** More probable than all other people together. */
const HIGHEST_PROBABILITY = 0.5;

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
  return Math.min(gap, costing(Float64Array.from(genuine), PROBABILITY_COST), HIGHEST_PROBABILITY);
}

function rowOf({ rows, dimensions }: TrainingSet, row: number): Float64Array {
  return rows.subarray(row * dimensions, (row + 1) * dimensions);
}

function unitRow(set: TrainingSet, row: number): Float64Array {
  return unitVector(rowOf(set, row));
}
