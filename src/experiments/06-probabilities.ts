import { probabilityAnswers } from "./questions/06-answers.js";
import { probabilityNotes } from "./questions/06-notes.js";
import { calibrationTests, probabilitiesTable, reliabilityFigures } from "./questions/06-tables.js";
import type { Question } from "./questions/question.js";

/** Calibration: of the answers that a classifier is 90 % sure of, are 90 % right? Each classifier's own probabilities, and three ways to make better ones. */
export const probabilities: Question = {
  number: "06",
  name: "06-probabilities",
  title: "Do the probabilities mean anything?",
  run: probabilityAnswers,
  show: (records) => ({
    tables: [probabilitiesTable(records), calibrationTests(records)],
    figures: reliabilityFigures(records),
    notes: probabilityNotes(records),
  }),
};
