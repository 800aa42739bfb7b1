import { softmaxNetwork } from "../../classifiers/softmax-network.js";
import { drawPerPerson } from "../../datasets/draw-per-person.js";
import { score } from "../../evaluation/score.js";
import { meanAndDeviation } from "../../metrics/mean-and-deviation.js";
import type { Sample } from "../../types.js";
import { numberExercise } from "../exercise.js";
import { embeddingsInUse } from "../lesson.js";

const EPOCHS = 3;

/** Two photos of each person, as the notebook draws them. */
function few(): Sample[] {
  const { train, random } = embeddingsInUse();
  const labels = train.map(({ label }) => label);
  const rows = drawPerPerson(labels, { photosPerPerson: 2, random: random.fork("few") });
  return rows.map((row) => train[row] as Sample);
}

/** Weights and biases of the default network. */
const parameters = numberExercise(async () => {
  const { train, random } = embeddingsInUse();
  const { layers } = await softmaxNetwork({ epochs: 1 }).fit(train, random.fork("softmax"));
  const sum = (count: (layer: (typeof layers)[number]) => number): number =>
    layers.reduce((total, layer) => total + count(layer), 0);
  const weights = sum(({ inputs, outputs }) => inputs * outputs);
  const biases = sum(({ outputs }) => outputs);
  return {
    expected: weights + biases,
    mistakes: [
      { value: weights, hint: "those are the weights; each output has a bias as well" },
      { value: biases, hint: "those are the biases; each output also has a weight for each input" },
      { value: layers.length, hint: "that is the number of layers; how many numbers do they hold?" },
      {
        value: sum(({ inputs, outputs }) => inputs + outputs),
        hint: "every input goes to every output: multiply",
      },
    ],
    otherwise: "for each of model.layers: inputs x outputs weights and outputs biases; add them up",
  };
});

/** The gap between learned and new faces. */
const overfitting = numberExercise(async () => {
  const { test, random } = embeddingsInUse();
  const large = {
    hidden: [512, 512],
    epochs: 100,
    earlyStopping: false,
    dropout: 0,
    validationSplit: 0,
  } as const;
  const model = await softmaxNetwork(large).fit(few(), random.fork("network"));
  const [learned, asked] = [score(model, few()), score(model, test)];
  const expected = learned - asked;
  return {
    expected,
    mistakes: [
      { value: 100 * expected, hint: "give a share between 0 and 1, not per cent" },
      { value: -expected, hint: "the other way round: learned faces minus new ones" },
      { value: learned, hint: "that is the share among the learned faces; take off that among the new ones" },
      {
        value: asked,
        hint: "that is the share among the new faces; how far is it below that among the learned ones?",
      },
    ],
    otherwise: "score(models.at(-1), few) - score(models.at(-1), test)",
  };
});

/** What the seed alone changes. */
const luck = numberExercise(async () => {
  const { test, random } = embeddingsInUse();
  const early = softmaxNetwork({ epochs: EPOCHS, earlyStopping: false });
  const models = await Promise.all([0, 1, 2, 3, 4].map((i) => early.fit(few(), random.fork(`seed ${i}`))));
  const shares = models.map((model) => score(model, test));
  const { mean, deviation } = meanAndDeviation(shares);
  const expected = Math.max(...shares) - Math.min(...shares);
  return {
    expected,
    mistakes: [
      { value: 100 * expected, hint: "give a difference of shares, not per cent" },
      {
        value: deviation,
        hint: "that is the standard deviation; the largest minus the smallest is asked for",
      },
      { value: mean, hint: "that is the mean of the five" },
      { value: Math.max(...shares), hint: "that is the luckiest; take off the unluckiest" },
      { value: -expected, hint: "the other way round: the largest minus the smallest" },
    ],
    otherwise: "Math.max(...lucky) - Math.min(...lucky)",
  };
});

/** Exercises of notebook 07. */
export const softmaxExercises = { "07.1": parameters, "07.2": overfitting, "07.3": luck };
