import { drawPerPerson, type Embedding, type Sample, squaredError, stratifiedSplits } from "facelab";
import { fitMethods } from "./06-calibrated.js";
import { methodName, probabilityMethods } from "./06-methods.js";
import { lfwMaterial } from "./lfw-material.js";
import type { QuestionContext } from "./question.js";
import type { Cell, Records } from "./records.js";

/** Drawn of each person; so many photos of each are trained on, and the others tested on. */
const [PHOTOS, TRAINED_ON] = [5, 3];
const FULL = { people: undefined, repeats: 10 };
const QUICK = { people: 100, repeats: 3 };

/** What is kept of a method's answers, by column. */
export const column = {
  right: (method: string): string => `right: ${method}`,
  /** Probability of the person named. */
  confidence: (method: string): string => `confidence: ${method}`,
  /** Probability of the true person where that is another one, otherwise null. */
  truth: (method: string): string => `truth: ${method}`,
  /** What the photo adds to the Brier score. */
  squares: (method: string): string => `squares: ${method}`,
};

/** Answers of every method to the same test photos, over several divisions of the drawn photos into training and test. */
export async function probabilityAnswers({
  quick,
  random,
  say,
  onProgress,
}: QuestionContext): Promise<Records> {
  const lfw = await lfwMaterial();
  const { people, repeats } = quick ? QUICK : FULL;
  const found = [...lfw.found.keys()].filter((row) => lfw.found[row]);
  const names = found.map((row) => lfw.names[row] as string);
  const drawn = drawPerPerson(names, { photosPerPerson: PHOTOS, people, random: random.fork("draw") });
  const rows = drawn.map((i) => found[i] as number);
  const samples = rows.map((row): Sample => {
    return { embedding: lfw.embeddings[row] as Embedding, label: lfw.names[row] as string };
  });
  const { splits } = stratifiedSplits(
    samples.map(({ label }) => label),
    {
      testSize: 1 - TRAINED_ON / PHOTOS,
      repeats,
      // The same photo twice in LFW is on one side.
      groups: samples.map(({ embedding }) => embedding.join()),
      random: random.fork("splits"),
    },
  );
  const columns: Record<string, Cell[]> = { repeat: [], row: [] };
  const labels = [...new Set(samples.map(({ label }) => label))].sort();
  for (const [repeat, { train, test }] of splits.entries()) {
    onProgress(repeat, repeats);
    const methods = await fitMethods(
      train.map((i) => samples[i] as Sample),
      random.fork(`repeat ${repeat}`),
    );
    for (const i of test) {
      const { embedding, label } = samples[i] as Sample;
      const add = (name: string, cell: Cell): void => {
        columns[name] ??= [];
        columns[name].push(cell);
      };
      add("repeat", repeat);
      add("row", rows[i] as number);
      for (const name of probabilityMethods.map(methodName)) {
        const { answer, probabilities } = methods.get(name)!(embedding);
        const own = labels.indexOf(label);
        add(column.right(name), answer === own);
        add(column.confidence(name), rounded(probabilities[answer]!));
        add(column.truth(name), answer === own ? null : rounded(probabilities[own]!));
        add(column.squares(name), rounded(squaredError(probabilities, own)));
      }
    }
  }
  onProgress(repeats, repeats);
  const about = {
    people: labels.length,
    repeats,
    trainPhotos: splits[0]!.train.length,
    testPhotos: splits[0]!.test.length,
    withoutFace: lfw.found.length - found.length,
  };
  say(`  ${about.people} people, ${about.trainPhotos} photos to learn from, ${about.testPhotos} to test on`);
  return { about, tables: { answers: columns } };
}

/** Four digits that count, so that small probabilities keep their logarithm. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
