import { spoiledAnswers } from "./questions/08-answers.js";
import { spoiledNotes } from "./questions/08-notes.js";
import { spoiledFigure, spoiledTable } from "./questions/08-tables.js";
import type { Question } from "./questions/question.js";

/** Identification of photos that are spoiled before a face is looked for. */
export const conditions: Question = {
  number: "08",
  name: "08-conditions",
  title: "What breaks recognition?",
  run: spoiledAnswers,
  show: (records) => ({
    tables: [spoiledTable(records)],
    figures: [spoiledFigure(records)],
    notes: spoiledNotes(records),
  }),
};
