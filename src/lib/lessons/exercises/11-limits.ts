import { attributeEstimator } from "../../attributes/face-attributes.js";
import { cosineThreshold } from "../../classifiers/cosine-threshold.js";
import { labelEncoder } from "../../classifiers/label-encoder.js";
import { linearSvm } from "../../classifiers/linear-svm.js";
import { chooseFaces } from "../../detection/choose-faces.js";
import { decodeImage } from "../../images/decode-image.js";
import { resizeImage } from "../../images/resize-image.js";
import { type Variation, varyImage } from "../../images/vary-image.js";
import { meanAndDeviation } from "../../metrics/mean-and-deviation.js";
import { dividePhotoFiles } from "../../pipeline/divide-photo-files.js";
import { embedFaces } from "../../pipeline/embed-faces.js";
import { embedPhotos } from "../../pipeline/embed-photos.js";
import { hasFace } from "../../pipeline/embedded-set.js";
import { facePipeline } from "../../pipeline/face-pipeline.js";
import { findFaces } from "../../pipeline/find-faces.js";
import type { Model, Sample } from "../../types.js";
import { numberExercise } from "../exercise.js";
import { embeddingsInUse, photosInUse } from "../lesson.js";

/** As the notebook has them. */
const ASKED = 40;
const WIDTH = 320;
const BAR: Variation = { kind: "bar", strength: 0.15 };
const SURE = 0.5;

/** The notebook's two classifiers, and the faces that are found behind a bar; what the notebook embedded comes from the cache. */
async function barred(): Promise<{ svm: Model; cosine: Model; asked: number; found: Sample[] }> {
  const { photos, random } = photosInUse();
  const pipeline = await facePipeline();
  const { photos: divided } = await dividePhotoFiles(photos, { random: random.fork("split") });
  const learned = divided.filter(({ part }) => part === "train");
  const enrolled = (await embedPhotos(learned, pipeline)).filter(hasFace);
  const svm = await linearSvm().fit(enrolled, random.fork("svm"));
  const cosine = await cosineThreshold().fit(enrolled, random.fork("cosine"));
  const test = divided.filter(({ part }) => part === "test");
  const asked = test.filter((_, i) => i % Math.ceil(test.length / ASKED) === 0);
  const found: Sample[] = [];
  for (const [i, { path, label }] of asked.entries()) {
    const photo = await decodeImage(path);
    const small = await resizeImage(photo, WIDTH, Math.round((WIDTH * photo.height) / photo.width));
    const image = await varyImage(small, BAR, random.fork(`${BAR.kind} ${i}`));
    const [face] = chooseFaces(await pipeline.detector.detect(image), image, pipeline.face);
    if (face === undefined) continue;
    const chip = pipeline.embedder.aligner.align(image, face.landmarks);
    for (const { embedding } of await embedFaces([{ chip }], pipeline)) found.push({ embedding, label });
  }
  return { svm, cosine, asked: asked.length, found };
}

/** Covered faces that are named rightly, of those found. */
const behindBar = numberExercise(async () => {
  const { svm, cosine, asked, found } = await barred();
  const rightly = (model: Model): number =>
    found.filter(({ embedding, label }) => {
      const answer = model.predict(embedding);
      return answer.kind === "person" && answer.label === label;
    }).length;
  const count = rightly(svm);
  const expected = count / found.length;
  return {
    expected,
    mistakes: [
      { value: count / asked, hint: "that is of all photos; divide by the faces found, faces[6]" },
      { value: count, hint: "that is how many; which share of the faces found is it?" },
      { value: 100 * expected, hint: "give a share between 0 and 1, not per cent" },
      { value: 1 - expected, hint: "those are named wrongly; which share is named rightly?" },
      { value: rightly(cosine) / found.length, hint: "that is of the cosine classifier; ask the SVM" },
      {
        value: found.length / asked,
        hint: "that is the share of faces found; which of these are named rightly?",
      },
    ],
    otherwise: 'count(svm, 6, "named rightly"), divided by the faces found in the same condition',
  };
});

/** Right answers among the sure ones, where strangers ask too. */
const sureAndRight = numberExercise(async () => {
  const { train, test, random } = embeddingsInUse();
  const { classes } = labelEncoder(train.map(({ label }) => label));
  const isIn = ({ label }: Sample): boolean => classes.indexOf(label) % 3 !== 0;
  // The notebook forks the photos' stream; both begin with the same seed.
  const model = await linearSvm().fit(train.filter(isIn), random.fork("door"));
  const answers = test.map((face) => {
    const probabilities = model.predictProba(face.embedding);
    const sure = Math.max(...probabilities);
    return { sure, right: model.labels[probabilities.indexOf(sure)] === face.label, known: isIn(face) };
  });
  const share = (some: typeof answers): number => some.filter(({ right }) => right).length / some.length;
  const sure = answers.filter((one) => one.sure >= SURE);
  const expected = share(sure);
  return {
    expected,
    mistakes: [
      { value: share(sure.filter(({ known }) => known)), hint: "those are enrolled; strangers ask too" },
      { value: share(answers), hint: "that is of all answers; take those that are at least 50 % sure" },
      {
        value: sure.filter(({ right }) => right).length / answers.length,
        hint: "divide by the answers that are at least 50 % sure, not by all",
      },
      { value: sure.length / answers.length, hint: "that is how many are so sure; which of them are right?" },
      { value: share(answers.filter((one) => one.sure >= 0.9)), hint: "that is from 90 % on; take 50 %" },
      { value: 1 - expected, hint: "those are wrong; which share is right?" },
      { value: 100 * expected, hint: "give a share between 0 and 1, not per cent" },
    ],
    otherwise:
      "keep right[i] where sure[i] >= 0.5; of these, how many are true, divided by how many there are?",
  };
});

/** How far estimates of one face lie apart. */
const ageSpread = numberExercise(async () => {
  const { photos, random } = photosInUse();
  const pipeline = await facePipeline();
  const estimator = await attributeEstimator();
  const ages: number[] = [];
  for (const label of new Set(photos.map((photo) => photo.label))) {
    const { path } = photos.find((photo) => photo.label === label)!;
    const seen = await findFaces(path, pipeline.detector, pipeline.face);
    if (seen.kind === "none") continue;
    for (const change of CHANGES) {
      const image = await varyImage(seen.image, change, random.fork(change.kind));
      const looks = await estimator.estimate(image, [seen.faces[0]!.box]);
      ages.push(...looks.map(({ age }) => age));
    }
    break;
  }
  const [youngest, oldest] = [Math.min(...ages), Math.max(...ages)];
  const { mean, deviation } = meanAndDeviation(ages);
  return {
    expected: oldest - youngest,
    // A tenth of a year is what the table shows.
    tolerance: 0.051,
    mistakes: [
      { value: youngest - oldest, hint: "take the oldest less the youngest" },
      { value: oldest, hint: "that is the oldest; subtract the youngest" },
      { value: youngest, hint: "that is the youngest; how far is it to the oldest?" },
      { value: mean, hint: "that is the mean age; how far apart are the ends?" },
      { value: deviation, hint: "that is the standard deviation; how far apart are the ends?" },
      {
        value: Math.max(...ages.map((age) => Math.abs(age - (ages[0] as number)))),
        hint: "that is the greatest distance from the face as it is; how far apart are the ends?",
      },
      { value: ages.at(-1)! - ages[0]!, hint: "that is the last less the first; they are not in order" },
    ],
    otherwise: "Math.max(...ages) - Math.min(...ages), where ages are the ages in one",
  };
});

const CHANGES: readonly Variation[] = [
  { kind: "plain", strength: 0 },
  { kind: "brightness", strength: 0.6 },
  { kind: "contrast", strength: 0.5 },
  { kind: "noise", strength: 15 },
  { kind: "jpeg", strength: 20 },
];

/** Exercises of notebook 11. */
export const limitsExercises = { "11.1": behindBar, "11.2": sureAndRight, "11.3": ageSpread };
