import { InputError } from "../errors.js";
import type { Classifier, Embedding } from "../types.js";
import { genuineImpostorThreshold } from "./genuine-impostor-threshold.js";
import { unitVector } from "./l2-normalizer.js";
import { softmax } from "./softmax.js";
import { softmaxTemperature } from "./softmax-temperature.js";
import { argmax, requireEmbedding, type TrainingSet, trainingSet } from "./training-set.js";
import { dot } from "./vector-operations.js";

/** Hyper-parameters of {@link cosineThreshold}. */
export interface CosineThresholdOptions {
  /** Smallest cosine similarity at which a face is recognised, -1..1, or `fit`: chosen on the training faces. @default "fit" */
  readonly threshold?: number | "fit";
}

/**
 * The person with the most similar training face by cosine similarity, or `unknown` where even that face is not similar
 * enough.
 *
 * The threshold comes from the training faces alone. Each serves once as a genuine face (its similarity to the nearest other
 * face of its own person) and once as a stranger (its nearest face of all other people, as if its own person were not
 * enrolled). The threshold has the smallest sum of false-accept and false-reject rate, in the middle of the gap, see
 * genuine-impostor-threshold.ts; there too what happens where people have one photo each, or there is one person.
 *
 * `predictProba` says who it is if it is somebody enrolled: the softmax of the people's similarities at a temperature fitted to the
 * training faces, each left out once (see softmax-temperature.ts); it does not know the threshold. A prediction's score is
 * the cosine similarity. `chosen` of the model: `threshold`, its `falseAcceptRate` and `falseRejectRate` on the training faces
 * (null where there are no strangers or no second photos), `temperature`.
 * @throws InputError on a threshold out of its range.
 */
export function cosineThreshold({ threshold = "fit" }: CosineThresholdOptions = {}): Classifier {
  if (threshold !== "fit" && !(threshold >= -1 && threshold <= 1)) {
    throw new InputError(`invalid threshold: ${threshold} (must be a number in -1..1, or fit)`);
  }
  return {
    name: "cosine",
    params: { threshold },
    async fit(samples) {
      const set = trainingSet(samples, { normalize: true });
      const { labels, dimensions, rows, codes, size } = set;
      const { temperature, ...fitted } = leaveOneOut(set);
      const limit = threshold === "fit" ? fitted.threshold : threshold;

      const similarities = (embedding: Embedding): Float64Array => {
        requireEmbedding(embedding, dimensions);
        const query = unitVector(embedding);
        const best = new Float64Array(labels.length).fill(Number.NEGATIVE_INFINITY);
        for (let row = 0; row < size; row++) {
          const person = codes[row]!;
          best[person] = Math.max(best[person]!, dot(query, 0, rows, row * dimensions, dimensions));
        }
        return best;
      };
      return {
        labels,
        dimensions,
        chosen: threshold === "fit" ? { ...fitted, temperature } : { threshold, temperature },
        predictProba: (embedding) => softmax(similarities(embedding).map((s) => s / temperature)),
        predict(embedding) {
          const best = similarities(embedding);
          const person = argmax(best);
          const score = best[person]!;
          return score >= limit
            ? { kind: "person", label: labels[person]!, score }
            : { kind: "unknown", score };
        },
      };
    },
  };
}

/** Learns threshold and temperature from each training face's similarity to all others. */
function leaveOneOut({ labels, codes, rows, size, dimensions }: TrainingSet) {
  const people = labels.length;
  const best = Array.from({ length: size }, () => new Float64Array(people).fill(Number.NEGATIVE_INFINITY));
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const similarity = dot(rows, i * dimensions, rows, j * dimensions, dimensions);
      best[i]![codes[j]!] = Math.max(best[i]![codes[j]!]!, similarity);
      best[j]![codes[i]!] = Math.max(best[j]![codes[i]!]!, similarity);
    }
  }
  const questions = best.map((similarities, row) => ({ similarities, answer: codes[row]! }));
  // A person's only photo has no other one to be recognised by.
  const answerable = questions.filter(
    ({ similarities, answer }) => similarities[answer]! > Number.NEGATIVE_INFINITY,
  );
  const genuine = Float64Array.from(answerable, ({ similarities, answer }) => similarities[answer]!);
  const impostor =
    people === 1 ? [] : questions.map(({ similarities, answer }) => nearestOther(similarities, answer));
  return {
    ...genuineImpostorThreshold(genuine, Float64Array.from(impostor)),
    temperature: people === 1 ? 1 : softmaxTemperature(answerable),
  };
}

function nearestOther(similarities: Float64Array, own: number): number {
  let best = Number.NEGATIVE_INFINITY;
  similarities.forEach((similarity, person) => {
    if (person !== own && similarity > best) best = similarity;
  });
  return best;
}
