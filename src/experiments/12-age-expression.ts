import { looks } from "./questions/12-looks.js";
import { looksNotes } from "./questions/12-notes.js";
import { expressionsTable, samplesTable } from "./questions/12-tables.js";
import type { Question } from "./questions/question.js";

/** What face-api's small networks say of faces, and how steadily: a demonstration. */
export const ageAndExpression: Question = {
  number: "12",
  name: "12-age-expression",
  title: "Age, expression, tiredness?",
  run: looks,
  show: (records) => ({
    tables: [expressionsTable(records), samplesTable(records)],
    figures: [],
    notes: looksNotes(records),
  }),
};
