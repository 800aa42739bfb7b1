import { labelEncoder } from "../../classifiers/label-encoder.js";
import { linearSvm } from "../../classifiers/linear-svm.js";
import { score } from "../../evaluation/score.js";
import type { Sample } from "../../types.js";
import { numberExercise } from "../exercise.js";
import { embeddingsInUse } from "../lesson.js";

/** As the notebook fits them, with the same random numbers. */
const fit = async (c: number | "search", samples: readonly Sample[]) =>
  linearSvm({ c }).fit(samples, embeddingsInUse().random.fork("svm"));

/** Every second person with one photo only, as the notebook takes them. */
function uneven(): { short: ReadonlySet<string>; samples: Sample[] } {
  const { train } = embeddingsInUse();
  const { classes } = labelEncoder(train.map(({ label }) => label));
  const short = new Set(classes.filter((_, i) => i % 2 === 0));
  const first = (label: string): number => train.findIndex((other) => other.label === label);
  return { short, samples: train.filter(({ label }, i) => !short.has(label) || first(label) === i) };
}

/** The length of an embedding before it is normalised. */
const length = numberExercise(() => {
  const [first] = embeddingsInUse().train as readonly [Sample];
  const sumOf = (value: (x: number) => number): number =>
    first.embedding.reduce((sum, x) => sum + value(x), 0);
  const squares = sumOf((x) => x * x);
  return {
    expected: Math.sqrt(squares),
    mistakes: [
      { value: 1, hint: "that is the length after l2Normalize; what was it before?" },
      { value: squares, hint: "that is the sum of the squares; the length is its square root" },
      {
        value: sumOf(Math.abs),
        hint: "that is the sum of the absolute values; the Euclidean length adds squares",
      },
      { value: first.embedding.length, hint: "that is how many numbers there are; how long is the vector?" },
    ],
    otherwise: "square each number, add, take the root; Math.hypot(...numbers) does all of it",
  };
});

/** The accuracy of C = 1 among those with one photo. */
const oneForgotten = numberExercise(async () => {
  const { train, test } = embeddingsInUse();
  const { short, samples } = uneven();
  const model = await fit(1, samples);
  const theirs = test.filter(({ label }) => short.has(label));
  const others = test.filter(({ label }) => !short.has(label));
  const expected = score(model, theirs);
  return {
    expected,
    mistakes: [
      { value: 100 * expected, hint: "give a share between 0 and 1, not per cent" },
      { value: 1 - expected, hint: "that is the share of wrong answers" },
      { value: score(model, test), hint: "that is the share of all test faces; ask for those in short only" },
      { value: score(model, others), hint: "that is the share of the others; ask for those in short" },
      {
        value: score(await fit("search", samples), theirs),
        hint: "that is the searched C; give linearSvm({ c: 1 })",
      },
      {
        value: score(await fit(1, train), theirs),
        hint: "that model has learned from all of train; fit it on uneven",
      },
    ],
    otherwise:
      'fit linearSvm({ c: 1 }) on uneven with random.fork("svm"), filter test by short.has(label), then score(model, ...)',
  };
});

/** The probability of the true person of the last test face. */
const probability = numberExercise(async () => {
  const { train, test } = embeddingsInUse();
  const model = await fit("search", train);
  const { embedding, label } = test.at(-1) as Sample;
  const probabilities = model.predictProba(embedding);
  const expected = probabilities[model.labels.indexOf(label)] as number;
  return {
    expected,
    mistakes: [
      { value: 100 * expected, hint: "give a share between 0 and 1, not per cent" },
      {
        value: Math.max(...probabilities),
        hint: "that is the largest one; here the largest is not the true person's",
      },
      {
        value: probabilities[0] as number,
        hint: "that is the first person's; model.labels says whose each number is",
      },
      {
        value: probabilities.at(-1) as number,
        hint: "that is the last person's in model.labels; who is on the face?",
      },
      {
        value: model.labels.indexOf(label),
        hint: "that is the person's place in model.labels; what stands there in predictProba?",
      },
    ],
    otherwise:
      "find the true label's place in model.labels, then look there in model.predictProba(embedding)",
  };
});

/** Exercises of notebook 06. */
export const svmExercises = { "06.1": length, "06.2": oneForgotten, "06.3": probability };
