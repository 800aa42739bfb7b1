import {
  cosineThreshold,
  type Embedding,
  linearSvm,
  type Model,
  type Prediction,
  type Random,
  type Sample,
  twoStageGate,
} from "facelab";

/** A way to score how sure one is of the best candidate; a row of the table. */
export interface UnknownMethod {
  readonly name: "svm" | "softmax" | "cosine" | "gate";
  /** What the score is. */
  readonly score: string;
}

/** In the order of the table. */
export const unknownMethods: readonly UnknownMethod[] = [
  { name: "svm", score: "probability of the best person, linear SVM" },
  { name: "softmax", score: "probability of the best person, softmax network" },
  { name: "cosine", score: "cosine to the nearest enrolled face" },
  { name: "gate", score: "cosine to the nearest face of the network's person" },
];

/** Whom a method would name. */
export interface Candidate {
  readonly label: string;
  /** Null where it names nobody at any threshold. */
  readonly score: number | null;
}

/** What was learned from the people enrolled. */
export interface UnknownModels {
  /** The candidate of each method. */
  readonly ask: (embedding: Embedding) => Readonly<Record<UnknownMethod["name"], Candidate>>;
  /** What `fit` chose on the people enrolled alone: with these the models answer `unknown` when nothing else is set. */
  readonly own: {
    readonly svmC: number;
    readonly cosineThreshold: number;
    readonly gateCosine: number;
    readonly gateProbability: number;
  };
}

/**
 * Learns the people enrolled. The probabilities of `softmax` are those of the gate's first stage, so that the two differ in the score alone.
 * They are kept as log odds: near 1, where a network puts most faces, six digits of a probability are all alike.
 */
export async function fitUnknown(samples: readonly Sample[], random: Random): Promise<UnknownModels> {
  const svm = await linearSvm().fit(samples, random.fork("svm"));
  const cosine = await cosineThreshold({ threshold: -1 }).fit(samples, random.fork("cosine"));
  const cosineAlone = await cosineThreshold().fit(samples, random.fork("cosine"));
  const gate = await twoStageGate().fit(samples, random.fork("gate"));
  const gateProbability = Number(gate.chosen.minProbability);
  return {
    own: {
      svmC: Number(svm.chosen.c),
      cosineThreshold: rounded(Number(cosineAlone.chosen.threshold), 5),
      gateCosine: rounded(Number(gate.chosen.minCosine), 5),
      gateProbability,
    },
    ask(embedding) {
      const { label, probability, cosine: alike } = gate.stages(embedding);
      return {
        svm: mostProbable(svm, embedding),
        softmax: mostProbable(gate, embedding),
        cosine: named(cosine.predict(embedding)),
        gate: { label, score: probability >= gateProbability ? rounded(alike, 5) : null },
      };
    },
  };
}

/** The most probable person, and the natural logarithm of the odds. */
export function mostProbable(model: Pick<Model, "labels" | "predictProba">, embedding: Embedding): Candidate {
  const shares = model.predictProba(embedding);
  const best = shares.reduce((most, share, person) => (share > shares[most]! ? person : most), 0);
  const others = shares.reduce((sum, share, person) => (person === best ? sum : sum + share), 0);
  return {
    label: model.labels[best]!,
    score: rounded(Math.log(shares[best]!) - Math.log(Math.max(others, Number.MIN_VALUE)), 4),
  };
}

/** A threshold of -1 leaves nobody unknown. */
function named(prediction: Prediction): Candidate {
  if (prediction.kind === "unknown") throw new Error(`a similarity of ${prediction.score}`);
  return { label: prediction.label, score: rounded(prediction.score, 5) };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
