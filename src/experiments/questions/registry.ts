import { celebrities } from "../01-celebrities.js";
import { people } from "../02-people.js";
import { photos } from "../03-photos.js";
import { samePerson } from "../04-same-person.js";
import { unknown } from "../05-unknown.js";
import { probabilities } from "../06-probabilities.js";
import { whichDetector } from "../07-detectors.js";
import { conditions } from "../08-conditions.js";
import { imageClassifier } from "../09-image-classifier.js";
import { alignment } from "../10-alignment.js";
import { wrongLabels } from "../11-wrong-labels.js";
import { ageAndExpression } from "../12-age-expression.js";
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
  conditions,
  imageClassifier,
  alignment,
  wrongLabels,
  ageAndExpression,
];
