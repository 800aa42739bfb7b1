import { wilsonInterval } from "facelab";
import { percent } from "./compare-detectors/cells.js";
import { celebrityAnswers } from "./questions/01-answers.js";
import { accuraciesTable, fewestForDifference, powerTable } from "./questions/01-tables.js";
import type { Question } from "./questions/question.js";

/** The set of a well-known walkthrough, five celebrities with 93 photos to learn from and 25 to be judged on, for every classifier. */
export const celebrities: Question = {
  number: "01",
  name: "01-celebrities",
  title: "Does the five-celebrity recipe reproduce?",
  run: celebrityAnswers,
  show: (records) => ({
    tables: [accuraciesTable(records), powerTable(records)],
    figures: [],
    notes: [
      `How: ${String(records.about.detector)}, five-point alignment, ${String(records.about.embedder)}; the set's own division, each classifier with the settings that it has everywhere else. ` +
        "The walkthrough (MTCNN, FaceNet's 128 numbers, a linear SVM on unit vectors) publishes 100 % for both parts. It took another network than ours, cropped boxes instead of aligning by the points, and knows no `unknown`; the classifiers that do may lose a photo by it.",
      "One test photo is a training photo saved again (`facelab extract` reports it): whoever counts it as a success has learned it by heart. It stays in, since the published figure has it, too.",
      `What to see: it reproduces, and that says little. With 25 photos even a faultless classifier is only known to be right for more than ${percent(wilsonInterval(25, 25).low)} % of such photos, and another one must be wrong about ${fewestForDifference()} photos about which it is right, ` +
        "before that is more than chance: nearly all of these rows are one and the same result. Ranking classifiers needs hundreds of test photos and several splits: questions 02 and 03.",
    ],
  }),
};
