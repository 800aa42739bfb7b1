import { alignmentRows } from "./questions/10-methods.js";
import { alignmentNotes } from "./questions/10-notes.js";
import type { Question } from "./questions/question.js";
import { verificationScores } from "./questions/verification-scores.js";
import { foldsTable, verificationTable } from "./questions/verification-tables.js";

/** LFW's View 2 once for every way to cut a face out. */
export const alignment: Question = {
  number: "10",
  name: "10-alignment",
  title: "Does alignment matter?",
  run: (context) => verificationScores(alignmentRows, context),
  show: (records) => ({
    tables: [verificationTable(alignmentRows, records), foldsTable(alignmentRows, records)],
    figures: [],
    notes: alignmentNotes(records),
  }),
};
