import { InputError } from "../errors.js";
import type { Classifier } from "../types.js";
import { genuineCost, genuineImpostorThreshold } from "./genuine-impostor-threshold.js";
import { similarityModel } from "./similarity-model.js";
import { softmaxTemperature } from "./softmax-temperature.js";
import { type TrainingSet, trainingSet } from "./training-set.js";

/** What a way of comparing faces makes of a training set of unit vectors. */
export interface Templates {
  /** Unit vectors to compare with, row-major. */
  readonly rows: Float64Array;
  /** For each row its person. */
  readonly codes: Int32Array;
  /**
   * For each training face its similarity to each person, as if that face had not been there: -Infinity where its own person then
   * has no face.
   */
  readonly leftOut: readonly Float64Array[];
}

/**
 * What `cosine` and `cosine-mean` share: threshold and temperature from the training faces alone, each of them left out once.
 *
 * Each serves once as a genuine face (its similarity to its own person without it) and once as a stranger (its similarity to the
 * most similar of all other people, as if its own person were not enrolled). The threshold has the smallest sum of false-accept
 * and false-reject rate, in the middle of the gap, but with fewer than 60 people it may cost 3 % of the genuine faces to keep out strangers: see
 * genuine-impostor-threshold.ts; there too what happens where people have one photo each, or there is one person. The
 * temperature: see softmax-temperature.ts.
 * @throws InputError on a threshold out of its range.
 */
export function similarityClassifier(
  name: string,
  threshold: number | "fit",
  learn: (set: TrainingSet) => Templates,
): Classifier {
  if (threshold !== "fit" && !(threshold >= -1 && threshold <= 1)) {
    throw new InputError(`invalid threshold: ${threshold} (must be a number in -1..1, or fit)`);
  }
  return {
    name,
    params: { threshold },
    async fit(samples) {
      const set = trainingSet(samples, { normalize: true });
      const { labels, dimensions } = set;
      const { rows, codes, leftOut } = learn(set);
      const { temperature, ...fitted } = calibrate(set, leftOut);
      const limit = threshold === "fit" ? fitted.threshold : threshold;
      return similarityModel(
        name,
        { labels, dimensions, rows, codes, threshold: limit, temperature },
        threshold === "fit" ? { ...fitted, temperature } : { threshold, temperature },
      );
    },
  };
}

/** Learns threshold and temperature from each training face's similarity to all people. */
function calibrate({ labels, codes }: TrainingSet, leftOut: readonly Float64Array[]) {
  const alone = labels.length === 1;
  const questions = leftOut.map((similarities, row) => ({ similarities, answer: codes[row]! }));
  // A person's only photo has no other one to be recognised by.
  const answerable = questions.filter(
    ({ similarities, answer }) => similarities[answer]! > Number.NEGATIVE_INFINITY,
  );
  const genuine = Float64Array.from(answerable, ({ similarities, answer }) => similarities[answer]!);
  const impostor = alone
    ? []
    : questions.map(({ similarities, answer }) => nearestOther(similarities, answer));
  return {
    ...genuineImpostorThreshold(genuine, Float64Array.from(impostor), genuineCost(labels.length)),
    temperature: alone ? 1 : softmaxTemperature(answerable),
  };
}

function nearestOther(similarities: Float64Array, own: number): number {
  let best = Number.NEGATIVE_INFINITY;
  similarities.forEach((similarity, person) => {
    if (person !== own && similarity > best) best = similarity;
  });
  return best;
}
