import { samePerson } from "../04-same-person.js";
import { probabilities } from "../06-probabilities.js";
import type { Question } from "./question.js";

/** Every question, in order. */
export const questions: readonly Question[] = [samePerson, probabilities];
