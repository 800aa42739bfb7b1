import { foundFaces } from "./questions/07-found.js";
import { detectorNotes } from "./questions/07-notes.js";
import { claimTable, pointsTable, turnedFigure, turnedTable, widerTable } from "./questions/07-tables.js";
import type { Question } from "./questions/question.js";

/** Detectors side by side: crowds, tilted faces, landmarks, time. */
export const whichDetector: Question = {
  number: "07",
  name: "07-detectors",
  title: "Which detector?",
  run: foundFaces,
  show: (records) => ({
    tables: [widerTable(records), turnedTable(records), claimTable(records), pointsTable(records)],
    figures: [turnedFigure(records)],
    notes: detectorNotes(records),
  }),
};
