import { samePersonRows } from "./questions/04-methods.js";
import { verificationNotes } from "./questions/04-notes.js";
import type { Question } from "./questions/question.js";
import { verificationScores } from "./questions/verification-scores.js";
import { foldsTable, rocFigure, verificationTable } from "./questions/verification-tables.js";

const TITLE = "Same person or not?";

/** Verification: are two photos of one person? LFW's View 2, for every way from a photo to an embedding. */
export const samePerson: Question = {
  number: "04",
  name: "04-same-person",
  title: TITLE,
  run: (context) => verificationScores(samePersonRows, context),
  show: (records) => ({
    tables: [verificationTable(samePersonRows, records), foldsTable(samePersonRows, records)],
    figures: [rocFigure(samePersonRows, TITLE, records)],
    notes: verificationNotes(records),
  }),
};
