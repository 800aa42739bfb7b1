import { bootstrapPValue, createRandom, quantile, type Random } from "facelab";

/** One person's part of a difference. */
export interface PersonDifference {
  /** Right answers of the one less right answers of the other. */
  readonly difference: number;
  /** Answers of each. */
  readonly answers: number;
}

/** A difference of two accuracies with what chance does to it. */
export interface BootstrapDifference {
  readonly mean: number;
  /** Of the 95 % interval. */
  readonly low: number;
  readonly high: number;
  /** Two-sided, > 0 and at most 1. */
  readonly pValue: number;
}

/**
 * The difference of two accuracies about the same photos of the same people, and how it varies when other people are drawn: the percentile
 * bootstrap over people, since photos of one person are right or wrong together (Efron, Tibshirani: An Introduction to the Bootstrap, 1993).
 * @param people at least one.
 * @param samples how often people are drawn with replacement, >= 1.
 */
export function bootstrapOverPeople(
  people: readonly PersonDifference[],
  random: Random,
  samples = 2000,
): BootstrapDifference {
  const of = (drawn: readonly PersonDifference[]): number => {
    let [sum, answers] = [0, 0];
    for (const one of drawn) {
      sum += one.difference;
      answers += one.answers;
    }
    return sum / answers;
  };
  const means = Array.from({ length: samples }, () =>
    of(people.map(() => people[random.integer(people.length)]!)),
  );
  return {
    mean: of(people),
    low: quantile(means, 0.025),
    high: quantile(means, 0.975),
    pValue: bootstrapPValue(means),
  };
}

/**
 * {@link bootstrapOverPeople} of one value a photo.
 * @param people who is in each photo.
 * @param values of each photo: 0 or 1 for an accuracy, -1 to 1 for a difference of two.
 * @param samples as there; no p-value is below 2 / (samples + 1).
 */
export function bootstrapByPerson(
  people: readonly string[],
  values: readonly number[],
  samples?: number,
): BootstrapDifference {
  const groups = new Map<string, PersonDifference>();
  for (const [i, value] of values.entries()) {
    const { difference, answers } = groups.get(people[i]!) ?? { difference: 0, answers: 0 };
    groups.set(people[i]!, { difference: difference + value, answers: answers + 1 });
  }
  return bootstrapOverPeople([...groups.values()], createRandom(0), samples);
}
