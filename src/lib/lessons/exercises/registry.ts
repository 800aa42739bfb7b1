import type { Exercise } from "../exercise.js";
import { datasetExercises } from "./01-dataset.js";
import { detectionExercises } from "./02-detection.js";
import { alignmentExercises } from "./03-alignment.js";
import { embeddingExercises } from "./04-embedding.js";
import { tripletExercises } from "./05-triplet-loss.js";
import { svmExercises } from "./06-svm.js";
import { softmaxExercises } from "./07-softmax.js";
import { unknownExercises } from "./08-cosine-and-unknown.js";
import { compareExercises } from "./09-compare.js";
import { verificationExercises } from "./10-verification.js";
import { limitsExercises } from "./11-limits.js";
import { attendanceExercises } from "./12-attendance.js";

/** Every exercise by its number. */
export const exercises: Readonly<Record<string, Exercise>> = {
  ...datasetExercises,
  ...detectionExercises,
  ...alignmentExercises,
  ...embeddingExercises,
  ...tripletExercises,
  ...svmExercises,
  ...softmaxExercises,
  ...unknownExercises,
  ...compareExercises,
  ...verificationExercises,
  ...limitsExercises,
  ...attendanceExercises,
};
