import { similarityTransform } from "../../alignment/similarity-transform.js";
import { dividePhotoFiles } from "../../pipeline/divide-photo-files.js";
import { extractFaces } from "../../pipeline/extract-faces.js";
import { facePipeline } from "../../pipeline/face-pipeline.js";
import type { Landmarks5, Point } from "../../types.js";
import { numberExercise } from "../exercise.js";
import { oncePerLesson, photosInUse } from "../lesson.js";

/** The landmarks of the faces in use, in pixels of their crops. */
const landmarksInUse = oncePerLesson(async (): Promise<readonly Landmarks5[]> => {
  const { photos, random } = photosInUse();
  const pipeline = await facePipeline();
  const { photos: divided } = await dividePhotoFiles(photos, { random: random.fork("split") });
  const extracted = await extractFaces(divided, pipeline, pipeline.embedder.aligner);
  return extracted.flatMap((photo) => (photo.kind === "face" ? [photo.landmarks] : []));
});

const degrees = (radians: number): number => (radians * 180) / Math.PI;

/** The tilt of a face. */
const tilt = numberExercise(async () => {
  const [[left, right]] = (await landmarksInUse()) as readonly [Landmarks5];
  const [dx, dy] = [right.x - left.x, right.y - left.y];
  return {
    expected: degrees(Math.atan2(dy, dx)),
    mistakes: [
      { value: Math.atan2(dy, dx), hint: "that is in radians; degrees are asked for" },
      {
        value: degrees(Math.atan2(-dy, dx)),
        hint: "y grows downwards in a picture: positive where the second eye is lower",
      },
      { value: degrees(Math.atan2(dx, dy)), hint: "Math.atan2 takes y first, then x" },
      { value: degrees(Math.atan2(-dy, -dx)), hint: "that goes from the second eye to the first" },
    ],
    otherwise: "Math.atan2(right.y - left.y, right.x - left.x) is the angle in radians",
  };
});

/** The scale of a transform. */
const scale = numberExercise(async () => {
  const all = await landmarksInUse();
  const mean = (numbers: readonly number[]): number =>
    numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const template = [0, 1, 2, 3, 4].map(
    (i): Point => ({
      x: mean(all.map((landmarks) => (landmarks[i] as Point).x)),
      y: mean(all.map((landmarks) => (landmarks[i] as Point).y)),
    }),
  );
  const { a, b } = similarityTransform(all[0] as Landmarks5, template);
  const expected = Math.hypot(a, b);
  return {
    expected,
    tolerance: 1e-6,
    mistakes: [
      { value: a, hint: "a is the factor times the cosine of the turn; b has a part in it too" },
      { value: b, hint: "b is the factor times the sine of the turn; a has a part in it too" },
      { value: a + b, hint: "a and b are at right angles: add their squares and take the root" },
      { value: expected ** 2, hint: "that is the factor squared: by how much the area grows" },
      { value: 1 / expected, hint: "that is the factor of the way back" },
    ],
    otherwise: "a is the factor times a cosine and b times a sine of one angle: Math.hypot(a, b)",
  };
});

/** Exercises of notebook 03. */
export const alignmentExercises = { "03.1": tilt, "03.2": scale };
