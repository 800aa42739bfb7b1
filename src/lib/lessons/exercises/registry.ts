import type { Exercise } from "../exercise.js";
import { svmExercises } from "./06-svm.js";

/** Every exercise by its number. */
export const exercises: Readonly<Record<string, Exercise>> = { ...svmExercises };
