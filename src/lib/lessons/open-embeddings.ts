import { stratifiedSplits } from "../datasets/stratified-splits.js";
import { showProgress } from "../notebook/show-progress.js";
import type { EmbeddedPhoto, EmbeddedSet } from "../pipeline/embedded-set.js";
import { facePipeline } from "../pipeline/face-pipeline.js";
import { openDataset } from "../pipeline/open-dataset.js";
import { createRandom } from "../random.js";
import type { Random, Sample } from "../types.js";
import { type LessonEmbeddings, rememberLesson } from "./lesson.js";
import { shippedEmbeddings, shippedPairsFile } from "./lesson-dataset.js";
import { drawnPairs, shippedPairs } from "./lesson-pairs.js";

/** As `npm run eval` draws: the 62 people of LFW with at least 20 photos, 20 of each. */
const LFW_DRAW = { minPhotos: 20, photosPerPerson: 20 };

/**
 * Opens the embeddings of a notebook, divides them into train and test, says what is in them, and makes them what exercises are
 * checked against. Where the dataset is divided itself (`train`, `test`) that division is used; otherwise 30 % of each person's photos are tested on.
 * @param dataset a folder with one folder of photos per person, whose faces are embedded first; a .npz of `extract`, `embed` or `encode`;
 *   empty or `lfw` for LFW's embeddings, which ship with the project.
 * @throws InputError as `openDataset` does, or where nobody has two photos with a face.
 */
export async function openEmbeddings(dataset = ""): Promise<LessonEmbeddings> {
  const random = createRandom(0);
  const shipped = dataset === "" || dataset === "lfw";
  const { set } = await openDataset(shipped ? shippedEmbeddings() : dataset, {
    ...(shipped ? LFW_DRAW : {}),
    random,
    pipeline: () => facePipeline(),
    onProgress: showProgress("photos"),
  });
  const { train, test } = divided(set, random);
  const people = new Set(set.photos.map(({ label }) => label)).size;
  const without = set.photos.length - train.length - test.length;
  const aside = without === 0 ? "" : `, ${without} photos without a face left out`;
  console.log(`${people} people: ${train.length} faces to learn from, ${test.length} to test on${aside}`);
  const lesson = {
    ...{ set, train, test, random },
    pairs: async () =>
      shipped
        ? shippedPairs(shippedEmbeddings(), shippedPairsFile())
        : drawnPairs([...train, ...test], random.fork("pairs")),
  };
  rememberLesson({ embeddings: lesson });
  return lesson;
}

function divided({ photos }: EmbeddedSet, random: Random): { train: Sample[]; test: Sample[] } {
  const faces = photos.filter((photo) => photo.kind === "face");
  if (faces.every(({ part }) => part !== undefined)) {
    return {
      train: faces.filter(({ part }) => part === "train"),
      test: faces.filter(({ part }) => part === "test"),
    };
  }
  const { splits } = stratifiedSplits(
    faces.map(({ label }) => label),
    { groups: faces.map(({ sha256 }) => sha256), random: random.fork("lesson") },
  );
  const [{ train, test }] = splits as [{ train: readonly number[]; test: readonly number[] }];
  const sample = (row: number): Sample => {
    const { embedding, label } = faces[row] as EmbeddedPhoto & { kind: "face" };
    return { embedding, label };
  };
  return { train: train.map(sample), test: test.map(sample) };
}
