import { errorsNotes } from "./questions/11-notes.js";
import { similarities } from "./questions/11-similarities.js";
import { errorsFigure, errorsTable, ordersTable } from "./questions/11-tables.js";
import type { Question } from "./questions/question.js";

/** Finding wrong labels: whose face is more like another name's than like its own? LFW, and the errors that it knows of. */
export const wrongLabels: Question = {
  number: "11",
  name: "11-wrong-labels",
  title: "Which labels are wrong?",
  run: similarities,
  show: (records) => ({
    tables: [ordersTable(records), errorsTable(records)],
    figures: [errorsFigure(records)],
    notes: errorsNotes(),
  }),
};
