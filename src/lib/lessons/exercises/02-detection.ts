import type { Photo } from "../../datasets/photo.js";
import { mtcnn } from "../../detection/mtcnn.js";
import { decodeImage } from "../../images/decode-image.js";
import type { RgbImage } from "../../types.js";
import { numberExercise } from "../exercise.js";
import { photosInUse } from "../lesson.js";

/** Of the sample photos those that were not varied, otherwise all, as the notebook takes them. */
function chosenPhotos(): readonly Photo[] {
  const { photos } = photosInUse();
  const plain = photos.filter(({ path }) => path.endsWith("plain.png"));
  return plain.length > 0 ? plain : photos;
}

async function firstPhoto(): Promise<RgbImage> {
  const [first] = chosenPhotos() as readonly [Photo];
  return decodeImage(first.path);
}

/** The levels of the pyramid for larger faces. */
const levels = numberExercise(async () => {
  const photo = await firstPhoto();
  const count = async (minFaceSize: number): Promise<number> =>
    (await (await mtcnn({ minFaceSize })).stages(photo)).pyramid.length;
  const [small, expected] = [await count(20), await count(40)];
  return {
    expected,
    mistakes: [
      { value: small, hint: "those are the levels for faces of 20 pixels" },
      {
        value: small / 2,
        hint: "twice the size is not half the levels: each is 0.709 times as large as the one before",
      },
      { value: small - expected, hint: "those are the levels that it is spared; how many are left?" },
    ],
    otherwise: "(await mtcnn({ minFaceSize: 40 })).stages(photo) has a pyramid: count it",
  };
});

/** What R-Net refuses. */
const refused = numberExercise(async () => {
  const { proposed, refined, faces } = await (await mtcnn()).stages(await firstPhoto());
  const passes = refined.length / proposed.length;
  return {
    expected: 1 - passes,
    mistakes: [
      { value: passes, hint: "that is the share that passes; which is refused?" },
      { value: proposed.length - refined.length, hint: "that is how many; divide by all candidates" },
      { value: 100 * (1 - passes), hint: "give a share between 0 and 1, not per cent" },
      { value: 1 - faces.length / proposed.length, hint: "that is R-Net and O-Net together" },
    ],
    otherwise: "one minus stages.refined.length through stages.proposed.length",
  };
});

/** A last threshold raised. */
const left = numberExercise(async () => {
  const photos = chosenPhotos();
  const firsts = photos.filter(({ label }, i) => label !== photos[i - 1]?.label).slice(0, 8);
  const detector = await mtcnn();
  const found = await Promise.all(firsts.map(async ({ path }) => detector.detect(await decodeImage(path))));
  const scores = found.flat().map(({ score }) => score);
  const expected = scores.filter((score) => score > 0.999).length;
  return {
    expected,
    mistakes: [
      { value: scores.length, hint: "those are all faces at the threshold of 0.7" },
      { value: scores.length - expected, hint: "those are lost; how many are left?" },
      {
        value: scores.filter((score) => score > 0.99).length,
        hint: "that is with 0.99; the threshold is 0.999",
      },
      { value: expected / scores.length, hint: "that is a share; how many faces are it?" },
    ],
    otherwise: "found.flat() are all faces: count those with a score above 0.999",
  };
});

/** Exercises of notebook 02. */
export const detectionExercises = { "02.1": levels, "02.2": refused, "02.3": left };
