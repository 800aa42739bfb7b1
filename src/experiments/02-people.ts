import { peopleRecords } from "./questions/02-draws.js";
import { peopleNotes } from "./questions/02-notes.js";
import { knownTable, peopleFigures, peopleTable, placesTable } from "./questions/02-tables.js";
import type { Question } from "./questions/question.js";

/** Identification among 10 to 1,680 people of LFW, by every classifier that fits its budget. */
export const people: Question = {
  number: "02",
  name: "02-people",
  title: "How does accuracy fall with the number of people?",
  run: peopleRecords,
  show: (records) => ({
    tables: [peopleTable(records), placesTable(records), knownTable(records)],
    figures: peopleFigures(records),
    notes: peopleNotes(records),
  }),
};
