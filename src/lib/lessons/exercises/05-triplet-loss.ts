import { labelEncoder } from "../../classifiers/label-encoder.js";
import { principalComponents } from "../../classifiers/principal-components.js";
import { euclideanDistance } from "../../pipeline/euclidean-distance.js";
import type { Embedding, Random, Sample } from "../../types.js";
import { l2Normalize } from "../../unit-vector.js";
import { numberExercise, textExercise } from "../exercise.js";
import { embeddingsInUse } from "../lesson.js";

const MARGIN = 0.2;
const MOST_PEOPLE = 10;
const PER_FACE = 5;

interface Triplet {
  readonly anchor: Sample;
  readonly positive: Sample;
  readonly negative: Sample;
}

/** Who is learned from and who is not, as the notebook divides them. */
function groups() {
  const { train, test, random } = embeddingsInUse();
  const { classes } = labelEncoder(train.map(({ label }) => label));
  const half = (k: number): string[] => classes.filter((_, i) => i % 2 === k).slice(0, MOST_PEOPLE);
  const of = (people: readonly string[], faces: readonly Sample[]): Sample[] =>
    faces
      .filter(({ label }) => people.includes(label))
      .map(({ label, embedding }) => ({ label, embedding: l2Normalize(embedding) }));
  return { learned: of(half(1), train), strangers: of(half(0), [...train, ...test]), random };
}

function draw(faces: readonly Sample[], random: Random): Triplet[] {
  const pick = (some: readonly Sample[]): Sample | undefined =>
    some[Math.floor(random.uniform() * some.length)];
  return faces.flatMap((anchor) =>
    Array.from({ length: PER_FACE }, () => {
      const positive = pick(faces.filter((face) => face.label === anchor.label && face !== anchor));
      return { anchor, positive, negative: pick(faces.filter(({ label }) => label !== anchor.label)) };
    }).filter((one): one is Triplet => one.positive !== undefined && one.negative !== undefined),
  );
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

/** The loss before anything is learned. */
const tripletLoss = numberExercise(() => {
  const { learned, random } = groups();
  const triplets = draw(learned, random.fork("learned"));
  const differences = (distance: (a: Embedding, b: Embedding) => number): number[] =>
    triplets.map(
      ({ anchor, positive, negative }) =>
        distance(anchor.embedding, positive.embedding) - distance(anchor.embedding, negative.embedding),
    );
  const losses = (all: readonly number[], margin: number): number[] =>
    all.map((difference) => Math.max(0, difference + margin));
  const squared = differences((a, b) => euclideanDistance(a, b) ** 2);
  const own = losses(squared, MARGIN);
  const expected = mean(own);
  return {
    expected,
    tolerance: 1e-6,
    mistakes: [
      {
        value: mean(squared) + MARGIN,
        hint: "a loss below 0 is no reward for the others: take Math.max(0, ...) of each triplet first",
      },
      {
        value: mean(losses(differences(euclideanDistance), MARGIN)),
        hint: "the distances are squared; squared(x, y) does that",
      },
      { value: mean(losses(squared, 0)), hint: "add the margin of 0.2 before the maximum is taken" },
      {
        value: mean(
          losses(
            squared.map((difference) => -difference),
            MARGIN,
          ),
        ),
        hint: "the other way round: to the positive minus to the negative",
      },
      { value: expected * own.length, hint: "that is the sum; take the mean" },
      {
        value: mean(own.map((loss) => (loss > 0 ? 1 : 0))),
        hint: "that is the share of triplets that have a loss; how large is it in the mean?",
      },
      {
        value: expected * (own.length / own.filter((loss) => loss > 0).length),
        hint: "that is the mean of those that have a loss; the others count too, with 0",
      },
    ],
    otherwise:
      "for each triplet Math.max(0, squared to the positive - squared to the negative + 0.2), then the mean; with all decimals",
  };
});

/** Whose face is mistaken most easily for the first. */
const hardNegative = textExercise(() => {
  const { learned } = groups();
  const first = learned[0] as Sample;
  const others = learned.filter(({ label }) => label !== first.label);
  const far = ({ embedding }: Sample): number => euclideanDistance(first.embedding, embedding);
  const sorted = [...others].sort((a, b) => far(a) - far(b));
  const people = [...new Set(others.map(({ label }) => label))];
  const meanOf = (person: string): number => mean(others.filter(({ label }) => label === person).map(far));
  const onAverage = people.sort((a, b) => meanOf(a) - meanOf(b))[0] ?? "";
  return {
    expected: [sorted[0]?.label ?? ""],
    mistakes: [
      { value: first.label, hint: "that is the person of the face itself; the negative is somebody else" },
      { value: sorted.at(-1)?.label ?? "", hint: "that is the farthest face; hard is what is near" },
      { value: onAverage, hint: "that person is nearest on average; whose single face is nearest?" },
      { value: others[0]?.label ?? "", hint: "that is the first face of somebody else, not the nearest" },
    ],
    otherwise: "leave out the faces of learned[0].label, and find the smallest squared(...) among the rest",
  };
});

/** How often the nearest face is of the same person, by two numbers of PCA. */
const nearestByPca = numberExercise(() => {
  const { learned, strangers } = groups();
  const dimensions = learned[0]?.embedding.length ?? 0;
  const rows = Float64Array.from(learned.flatMap(({ embedding }) => [...embedding]));
  const { transform } = principalComponents(rows, dimensions, 2);
  const named = (faces: readonly Sample[], place: (face: Sample) => ArrayLike<number>): number => {
    const points = faces.map((face) => Array.from(place(face)));
    const rights = faces.map(({ label }, i) => {
      const far = points.map((point, k) =>
        k === i ? Number.POSITIVE_INFINITY : Math.hypot(...point.map((x, d) => x - (points[i]?.[d] ?? 0))),
      );
      return faces[far.indexOf(Math.min(...far))]?.label === label ? 1 : 0;
    });
    return mean(rights);
  };
  const byPca = ({ embedding }: Sample): ArrayLike<number> => transform(embedding);
  const expected = named(strangers, byPca);
  return {
    expected,
    mistakes: [
      { value: 100 * expected, hint: "give a share between 0 and 1, not per cent" },
      { value: 1 - expected, hint: "that is the share whose nearest face is somebody else's" },
      {
        value: named(strangers, ({ embedding }) => embedding),
        hint: "that is by all numbers of the embedding; take the two of byPca",
      },
      { value: named(learned, byPca), hint: "those are the faces learned from; ask for strangers" },
      { value: 1, hint: "nearest to each face is the face itself: leave it out" },
    ],
    otherwise: "compare byPca of each face with byPca of all others, and look whose is nearest",
  };
});

/** Exercises of notebook 05. */
export const tripletExercises = { "05.1": tripletLoss, "05.2": hardNegative, "05.3": nearestByPca };
