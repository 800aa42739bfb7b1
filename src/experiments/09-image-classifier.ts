import { imageAnswers } from "./questions/09-answers.js";
import { imageNotes } from "./questions/09-notes.js";
import { imageTable } from "./questions/09-tables.js";
import type { Question } from "./questions/question.js";

/** The first attempt of many projects, an image classifier with people as classes, beside embeddings. */
export const imageClassifier: Question = {
  number: "09",
  name: "09-image-classifier",
  title: "Why not an image classifier?",
  run: imageAnswers,
  show: (records) => ({ tables: [imageTable(records)], figures: [], notes: imageNotes(records) }),
};
