import { alignmentRows } from "./10-methods.js";
import type { Records } from "./records.js";
import { madeBy } from "./verification-tables.js";

/** How it was measured, and what to see. */
export function alignmentNotes(records: Records): string[] {
  return [
    "How: View 2 of LFW as in question 04, with one step changed at a time. `five points` sets the face upright at the size and place that its five points ask for; `not turned` lets the points say size and place only; `MTCNN's box` cuts every box in the same way, where the face lies in boxes on average (measured on photos that are in no pair). " +
      "`face-api's box` is what face-api gives to the same network: upright, its side the distance from eyes to mouth over 0.45; taken from MTCNN's five points here, from the 68 of its own network there.",
    madeBy(alignmentRows, records),
  ];
}
