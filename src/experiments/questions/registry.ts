import { celebrities } from "../01-celebrities.js";
import { people } from "../02-people.js";
import { photos } from "../03-photos.js";
import { samePerson } from "../04-same-person.js";
import { unknown } from "../05-unknown.js";
import { probabilities } from "../06-probabilities.js";
import { whichDetector } from "../07-detectors.js";
import { wrongLabels } from "../11-wrong-labels.js";
import type { Question } from "./question.js";

/** Every question, in order. */
export const questions: readonly Question[] = [
  celebrities,
  people,
  photos,
  samePerson,
  unknown,
  probabilities,
  whichDetector,
  wrongLabels,
];
