import { createRandom } from "facelab";
import { type ByRole, type MeasuredMethod, meanOf, type PersonProbe } from "./05-measured.js";

const RESAMPLES = 2000;

/** A method at one rate: means over the repeats, in each resample. */
export interface ResampledRates {
  readonly dir: readonly number[];
  readonly fpir: readonly number[];
}

/**
 * What would have been measured with other people of the same kind and other draws: the repeats are drawn again with replacement, and so is
 * everybody in the records, who then counts in every repeat, on every photo and for every method as often as drawn; thresholds are set anew.
 * So whatever the repeats share is drawn with them, and what differs from one to the next (who is enrolled, how a fit went) is not forgotten.
 *
 * Efron & Tibshirani: An Introduction to the Bootstrap, 1993; by person instead of by photo, as photos of one person are alike.
 * @returns for each method, in order, what it comes to at each of `fpirs`.
 */
export function resampledRates(
  methods: readonly MeasuredMethod[],
  fpirs: readonly number[],
  resamples = RESAMPLES,
): ResampledRates[][] {
  const random = createRandom(0).fork("people");
  const roles = (probes: ByRole): PersonProbe[] => [...probes.enrolled, ...probes.threshold, ...probes.test];
  const everybody = new Set(methods[0]!.repeats.flatMap(roles).map(({ person }) => person));
  const places = new Map([...everybody].sort().map((person, i) => [person, i]));
  const ranked = methods.map(({ repeats }) => repeats.map((probes) => rank(probes, places)));
  const rates = methods.map(() => fpirs.map(() => ({ dir: [] as number[], fpir: [] as number[] })));
  for (let resample = 0; resample < resamples; resample++) {
    const weights = new Uint16Array(places.size);
    for (let i = 0; i < weights.length; i++) weights[random.integer(weights.length)]!++;
    const drawn = Array.from(methods[0]!.repeats, () => random.integer(methods[0]!.repeats.length));
    for (const [method, repeats] of ranked.entries()) {
      for (const [at, fpir] of fpirs.entries()) {
        const points = drawn.map((repeat) => weightedPoint(repeats[repeat]!, weights, fpir));
        rates[method]![at]!.dir.push(meanOf(points.map(({ dir }) => dir)));
        rates[method]![at]!.fpir.push(meanOf(points.map((point) => point.fpir)));
      }
    }
  }
  return rates;
}

/** Who was given which score, highest first; those without a candidate are only counted in `everybody`. */
interface Ranking {
  readonly scores: Float64Array;
  readonly people: Int32Array;
  readonly everybody: Int32Array;
}

/** A repeat of a method as {@link weightedPoint} takes it; of the people enrolled the right candidates. */
export type Ranked = Readonly<Record<keyof ByRole, Ranking>>;

/** Sorts once what every resample goes through. @param places of each person in the weights. */
export function rank(probes: ByRole, places: ReadonlyMap<string, number>): Ranked {
  const ranking = (own: readonly PersonProbe[], counts: (probe: PersonProbe) => boolean): Ranking => {
    const candidates = own.filter((probe) => probe.score > Number.NEGATIVE_INFINITY && counts(probe));
    const sorted = candidates.sort((a, b) => b.score - a.score);
    return {
      scores: Float64Array.from(sorted, ({ score }) => score),
      people: Int32Array.from(sorted, ({ person }) => places.get(person)!),
      everybody: Int32Array.from(own, ({ person }) => places.get(person)!),
    };
  };
  return {
    enrolled: ranking(probes.enrolled, ({ right }) => right),
    threshold: ranking(probes.threshold, () => true),
    test: ranking(probes.test, () => true),
  };
}

/** As `operatingPoint`, where each person's photos count as often as weighted. */
export function weightedPoint(
  { enrolled, threshold, test }: Ranked,
  weights: ArrayLike<number>,
  fpir: number,
): { dir: number; fpir: number } {
  const allowed = Math.floor(total(threshold.everybody, weights) * fpir * (1 + 1e-9));
  let [limit, named] = [Number.POSITIVE_INFINITY, 0];
  for (let i = 0; i < threshold.scores.length && named <= allowed; ) {
    const score = threshold.scores[i]!;
    const before = named;
    for (; threshold.scores[i] === score; i++) named += weights[threshold.people[i]!]!;
    if (named > before && named <= allowed) limit = score;
  }
  return { dir: weightedShare(enrolled, weights, limit), fpir: weightedShare(test, weights, limit) };
}

function weightedShare(
  { scores, people, everybody }: Ranking,
  weights: ArrayLike<number>,
  limit: number,
): number {
  let named = 0;
  for (let i = 0; i < scores.length && scores[i]! >= limit; i++) named += weights[people[i]!]!;
  return named / total(everybody, weights);
}

function total(people: Int32Array, weights: ArrayLike<number>): number {
  let sum = 0;
  for (const person of people) sum += weights[person]!;
  return sum;
}
