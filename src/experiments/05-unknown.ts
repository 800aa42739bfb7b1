import { identificationCurves } from "./questions/05-figure.js";
import { unknownNotes } from "./questions/05-notes.js";
import { ownTable } from "./questions/05-own-thresholds.js";
import { unknownScores } from "./questions/05-scores.js";
import { comparisonsTable, methodsTable, repeatsTable } from "./questions/05-tables.js";
import type { Question } from "./questions/question.js";

/** Open-set identification: does it name those it knows, and nobody else? By the score of every method. */
export const unknown: Question = {
  number: "05",
  name: "05-unknown",
  title: 'Can it say "unknown"?',
  run: unknownScores,
  show: (records) => ({
    tables: [methodsTable(records), comparisonsTable(records), ownTable(records), repeatsTable(records)],
    figures: [identificationCurves(records)],
    notes: unknownNotes(records),
  }),
};
