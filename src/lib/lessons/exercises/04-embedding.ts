import { dividePhotoFiles } from "../../pipeline/divide-photo-files.js";
import { embedPhotos } from "../../pipeline/embed-photos.js";
import { euclideanDistance } from "../../pipeline/euclidean-distance.js";
import { facePipeline } from "../../pipeline/face-pipeline.js";
import type { Sample } from "../../types.js";
import { l2Normalize } from "../../unit-vector.js";
import { numberExercise } from "../exercise.js";
import { oncePerLesson, photosInUse } from "../lesson.js";

/** The faces of the photos in use, in the notebook's order; what the notebook embedded comes from the cache. */
const facesInUse = oncePerLesson(async (): Promise<readonly Sample[]> => {
  const { photos, random } = photosInUse();
  const divided = await dividePhotoFiles(photos, { random: random.fork("split") });
  const embedded = await embedPhotos(divided.photos, await facePipeline());
  return embedded.filter((photo) => photo.kind === "face");
});

/** The distance of two faces. */
const distance = numberExercise(async () => {
  const [first, second] = (await facesInUse()) as readonly [Sample, Sample];
  const [a, b] = [first.embedding, second.embedding];
  const expected = euclideanDistance(a, b);
  const cosine = l2Normalize(a).reduce((sum, x, i) => sum + x * (l2Normalize(b)[i] as number), 0);
  return {
    expected,
    mistakes: [
      { value: expected ** 2, hint: "that is the square of the distance; take the root" },
      {
        value: euclideanDistance(l2Normalize(a), l2Normalize(b)),
        hint: "that is of the normalised embeddings; take them as they are",
      },
      {
        value: cosine,
        hint: "that is the cosine of the angle between them, a similarity: large where faces are alike",
      },
      {
        value: 1 - cosine,
        hint: "that is one minus the cosine; the Euclidean distance is the length of the difference",
      },
      {
        value: a.reduce((sum, x, i) => sum + Math.abs(x - (b[i] as number)), 0),
        hint: "that adds absolute differences; the Euclidean distance adds squares",
      },
    ],
    otherwise: "subtract number by number, square, add, take the root: distance(faces[0], faces[1])",
  };
});

/** Strangers who would be taken for one person. */
const falseAccepts = numberExercise(async () => {
  const faces = await facesInUse();
  const pairs = faces.flatMap((a, i) =>
    faces
      .slice(i + 1)
      .map((b) => ({ same: a.label === b.label, near: euclideanDistance(a.embedding, b.embedding) < 0.6 })),
  );
  const share = (some: typeof pairs): number => some.filter(({ near }) => near).length / some.length;
  const strangers = pairs.filter(({ same }) => !same);
  const expected = share(strangers);
  return {
    expected,
    mistakes: [
      { value: 100 * expected, hint: "give a share between 0 and 1, not per cent" },
      { value: 1 - expected, hint: "those are told apart; which share is nearer than 0.6?" },
      {
        value: share(pairs.filter(({ same }) => same)),
        hint: "those are pairs of one person; ask for different people",
      },
      { value: share(pairs), hint: "that is of all pairs; ask for pairs of different people" },
      {
        value: strangers.filter(({ near }) => near).length,
        hint: "that is how many; which share of those pairs is it?",
      },
      {
        value: strangers.filter(({ near }) => near).length / pairs.length,
        hint: "divide by the number of pairs of different people, not by that of all pairs",
      },
    ],
    otherwise:
      "keep the pairs with !pair.same; of these, how many have far < 0.6, divided by how many there are?",
  };
});

/** Exercises of notebook 04. */
export const embeddingExercises = { "04.1": distance, "04.2": falseAccepts };
