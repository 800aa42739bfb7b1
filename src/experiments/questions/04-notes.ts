import { modelEntry } from "facelab";
import { samePersonRows } from "./04-methods.js";
import type { Records } from "./records.js";
import { madeBy } from "./verification-tables.js";

/** Of the model registry. */
const PUBLISHED = ["face_recognition_model", "mobilefacenet", "mtcnn-facelab"];

/** How it was measured, what others publish, and what to see. */
export function verificationNotes(records: Records): string[] {
  return [
    "How: MTCNN's five points set the face upright, and the pair's score is the cosine of both embeddings, each the mean of a chip's and its mirror image's. " +
      "Where no face was found, the place is embedded where faces lie on average, so that a missed face costs accuracy instead of disappearing. " +
      "Nothing was chosen on these pairs: thresholds come from the other folds, everything else from View 1. face_recognition is called as its documentation shows it, and compares by distance.",
    `Published figures are of other detectors, crops and training, so they are beside ours, not against them:\n\n${PUBLISHED.map(published).join("\n")}`,
    "What to see: rows that differ by a tenth of a percent differ by six pairs of 6,000, and the test says that this is chance unless p is small. " +
      "All errors of a good network together are some fifty pairs, a part of which LFW itself has labelled wrongly: at 99 % and more the set is used up. " +
      "TAR at FAR 1e-3 rests on three of 3,000 pairs of strangers: it is the last rate that these pairs can say anything about, and a phone's lock asks for 1e-6.",
    madeBy(samePersonRows, records),
  ].map((text) => text.trim());
}

function published(name: string): string {
  const { published: figure, lfwOverlap } = modelEntry(name);
  return `- ${name}: ${figure}. People of LFW in its training: ${lfwOverlap}.`;
}
