import { verificationNotes } from "./questions/04-notes.js";
import { verificationScores } from "./questions/04-scores.js";
import { foldsTable, rocFigure, verificationTable } from "./questions/04-tables.js";
import type { Question } from "./questions/question.js";

/** Verification: are two photos of one person? LFW's View 2, for every way from a photo to an embedding. */
export const samePerson: Question = {
  number: "04",
  name: "04-same-person",
  title: "Same person or not?",
  run: verificationScores,
  show: (records) => ({
    tables: [verificationTable(records), foldsTable(records)],
    figures: [rocFigure(records)],
    notes: verificationNotes(records),
  }),
};
