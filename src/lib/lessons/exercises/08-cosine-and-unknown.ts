import { cosineThreshold } from "../../classifiers/cosine-threshold.js";
import { labelEncoder } from "../../classifiers/label-encoder.js";
import { identificationThreshold } from "../../metrics/identification-threshold.js";
import type { Embedding, Sample } from "../../types.js";
import { l2Normalize } from "../../unit-vector.js";
import { numberExercise } from "../exercise.js";
import { embeddingsInUse } from "../lesson.js";

const product = (a: Embedding, b: Embedding): number =>
  a.reduce((sum, x, i) => sum + x * (b[i] as number), 0);

/** Who is enrolled and who is a stranger, and their scores, as the notebook computes them. */
async function parts() {
  const { train, test, random } = embeddingsInUse();
  const { classes } = labelEncoder(train.map(({ label }) => label));
  const place = ({ label }: Sample): number => classes.indexOf(label) % 6;
  const enrolled = train.filter((face) => place(face) % 3 !== 0);
  const open = await cosineThreshold({ threshold: -1 }).fit(enrolled, random.fork("cosine"));
  const fitted = await cosineThreshold().fit(enrolled, random.fork("cosine"));
  const scores = (faces: readonly Sample[]): number[] =>
    faces.map(({ embedding }) => open.predict(embedding).score);
  const all = [...train, ...test];
  return {
    threshold: fitted.chosen.threshold as number,
    known: scores(test.filter((face) => place(face) % 3 !== 0)),
    tuning: scores(all.filter((face) => place(face) === 0)),
    probes: scores(all.filter((face) => place(face) === 3)),
  };
}

const above = (threshold: number, scores: readonly number[]): number =>
  scores.filter((score) => score >= threshold).length / scores.length;

/** The cosine of two faces. */
const cosine = numberExercise(() => {
  const [first, second] = embeddingsInUse().train as readonly [Sample, Sample];
  const [a, b] = [first.embedding, second.embedding];
  const expected = product(l2Normalize(a), l2Normalize(b));
  const lengths = [a, b].map((one) => Math.sqrt(product(one, one))) as [number, number];
  return {
    expected,
    mistakes: [
      {
        value: product(a, b),
        hint: "that is the product of the embeddings as they are; bring both to length 1 first",
      },
      {
        value: product(a, b) / lengths[0] ** 2,
        hint: "that divides by one length twice; divide by the length of each",
      },
      { value: 1 - expected, hint: "that is the cosine distance, one minus the similarity" },
      { value: Math.acos(Math.min(1, expected)), hint: "that is the angle itself; its cosine is asked for" },
      {
        value: Math.hypot(...a.map((x, i) => x - (b[i] as number))),
        hint: "that is the Euclidean distance; alike faces have a large cosine",
      },
    ],
    otherwise:
      "l2Normalize both, multiply number by number, add: cosine(train[0].embedding, train[1].embedding)",
  };
});

/** Strangers who are named at the threshold of the enrolled faces. */
const namedStrangers = numberExercise(async () => {
  const { threshold, known, tuning, probes } = await parts();
  const expected = above(threshold, probes);
  return {
    expected,
    mistakes: [
      { value: 100 * expected, hint: "give a share between 0 and 1, not per cent" },
      { value: 1 - expected, hint: "those are refused; which share is named?" },
      { value: above(threshold, known), hint: "those are known people who are accepted; ask for ofProbes" },
      {
        value: 1 - above(threshold, known),
        hint: "those are known people who are refused; ask for ofProbes",
      },
      { value: above(threshold, tuning), hint: "those are the strangers to tune on; ask for ofProbes" },
    ],
    otherwise: "which share of ofProbes is at the threshold or above?",
  };
});

/** A threshold that was chosen on other strangers. */
const honestThreshold = numberExercise(async () => {
  const { known, tuning, probes } = await parts();
  const five = identificationThreshold(tuning, 0.05).threshold;
  const expected = above(five, probes);
  return {
    expected,
    mistakes: [
      { value: 100 * expected, hint: "give a share between 0 and 1, not per cent" },
      { value: five, hint: "that is the threshold; what share of ofProbes does it let through?" },
      {
        value: above(identificationThreshold(probes, 0.05).threshold, probes),
        hint: "that threshold was chosen on the strangers it is measured on; choose it on ofTuning",
      },
      { value: above(five, tuning), hint: "that is of the strangers it was chosen on; ask for ofProbes" },
      {
        value: above(identificationThreshold(tuning, 0.01).threshold, probes),
        hint: "that allows one in a hundred; allow five, 0.05",
      },
      { value: above(five, known), hint: "those are known people; ask for ofProbes" },
    ],
    otherwise: "identificationThreshold(ofTuning, 0.05).threshold, then the share of ofProbes above it",
  };
});

/** Exercises of notebook 08. */
export const unknownExercises = { "08.1": cosine, "08.2": namedStrangers, "08.3": honestThreshold };
