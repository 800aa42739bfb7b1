import { celebrities } from "../01-celebrities.js";
import { samePerson } from "../04-same-person.js";
import { unknown } from "../05-unknown.js";
import { probabilities } from "../06-probabilities.js";
import { wrongLabels } from "../11-wrong-labels.js";
import type { Question } from "./question.js";

/** Every question, in order. */
export const questions: readonly Question[] = [celebrities, samePerson, unknown, probabilities, wrongLabels];
