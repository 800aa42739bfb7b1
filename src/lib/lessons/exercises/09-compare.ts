import { cosineThreshold } from "../../classifiers/cosine-threshold.js";
import { linearSvm } from "../../classifiers/linear-svm.js";
import { majority } from "../../classifiers/majority.js";
import { nearestNeighbours } from "../../classifiers/nearest-neighbours.js";
import { tenEpochSoftmax } from "../../classifiers/softmax-network.js";
import { comparePairs } from "../../evaluation/compare-pairs.js";
import { evaluate } from "../../evaluation/evaluate.js";
import { wilsonInterval } from "../../metrics/wilson-interval.js";
import { numberExercise, textExercise } from "../exercise.js";
import { embeddingsInUse, oncePerLesson } from "../lesson.js";

const LEVEL = 0.05;

/** The notebook's evaluation. */
const evaluation = oncePerLesson(() => {
  const { set, random } = embeddingsInUse();
  const classifiers = [
    linearSvm({ c: 1 }),
    nearestNeighbours(),
    cosineThreshold(),
    tenEpochSoftmax(),
    majority(),
  ];
  return evaluate(set, classifiers, { random: random.fork("compare"), repeats: 5 });
});

/** Wilson's interval of 24 of 25. */
const lowerEnd = numberExercise(() => {
  const { low, high } = wilsonInterval(24, 25);
  const [share, n] = [24 / 25, 25];
  return {
    expected: low,
    mistakes: [
      { value: high, hint: "that is the upper end" },
      { value: 100 * low, hint: "give a share between 0 and 1, not per cent" },
      { value: share, hint: "that is the accuracy itself; where does its interval begin?" },
      {
        value: share - 1.96 * Math.sqrt((share * (1 - share)) / n),
        hint: "that is the usual normal interval, which is too narrow near 1; take Wilson's",
      },
      { value: wilsonInterval(1, 25).low, hint: "that is of 1 of 25; 24 are right" },
    ],
    otherwise: "wilsonInterval(right, asked) gives both ends",
  };
});

/** How many pairs are shown to differ. */
const shownToDiffer = numberExercise(async () => {
  const { pairs } = comparePairs(await evaluation());
  const expected = pairs.filter(({ adjustedPValue }) => adjustedPValue < LEVEL).length;
  return {
    expected,
    mistakes: [
      {
        value: pairs.filter(({ pValue }) => pValue < LEVEL).length,
        hint: "that is without the correction; take adjustedPValue",
      },
      { value: pairs.length - expected, hint: "those are the pairs that are not shown to differ" },
      { value: pairs.length, hint: "those are all pairs" },
      {
        value: pairs.filter(({ difference }) => Math.abs(difference) > LEVEL).length,
        hint: "5 % is the level of the test, not a difference of 5 points",
      },
    ],
    otherwise: "count the pairs with adjustedPValue < 0.05",
  };
});

/** Whom the network of ten epochs gets wrong most often. */
const worstNamed = textExercise(async () => {
  const { records } = await evaluation();
  const worst = (classifier: string, who: "label" | "predicted"): string[] => {
    const names = records
      .filter((one) => one.classifier === classifier && !one.correct)
      .map((one) => one[who]);
    const count = (name: string): number => names.filter((other) => other === name).length;
    const most = Math.max(...names.map(count));
    return [...new Set(names)].filter((name) => count(name) === most);
  };
  const most = (names: readonly string[], hint: string) => names.map((value) => ({ value, hint }));
  return {
    expected: worst("softmax-10", "label"),
    mistakes: [
      ...most(
        worst("softmax-10", "predicted"),
        "that is the name that is said wrongly most often; whose photos are wrong?",
      ),
      ...most(worst("cosine", "label"), "that is cosine's; ask for softmax-10"),
      ...most(worst("majority", "label"), "that is majority's; ask for softmax-10"),
    ],
    otherwise: "keep the records of softmax-10 with correct: false, and count them by label",
  };
});

/** Exercises of notebook 09. */
export const compareExercises = { "09.1": lowerEnd, "09.2": shownToDiffer, "09.3": worstNamed };
