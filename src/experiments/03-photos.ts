import { photosRecords } from "./questions/03-draws.js";
import { photosNotes } from "./questions/03-notes.js";
import { bestTable, enoughTable, photosFigures, photosTable } from "./questions/03-tables.js";
import type { Question } from "./questions/question.js";

/** Identification with 1 to 10 training photos of each person, on the same test photos. */
export const photos: Question = {
  number: "03",
  name: "03-photos",
  title: "How many photos of a person are enough?",
  run: photosRecords,
  show: (records) => ({
    tables: [photosTable(records), enoughTable(records), bestTable(records)],
    figures: photosFigures(records),
    notes: photosNotes(records),
  }),
};
