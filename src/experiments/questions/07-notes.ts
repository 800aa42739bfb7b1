import { modelEntry } from "facelab";
import { outcomesOf } from "./07-tables.js";
import type { Records } from "./records.js";

/** Entries of the model registry. */
const PUBLISHED = [
  "mtcnn-facelab",
  "mtcnn-reference",
  "ssd_mobilenetv1_model",
  "tiny_face_detector_model",
  "yunet",
  "haarcascade",
];

/** How it was measured, what others publish, and what to see. */
export function detectorNotes(records: Records): string[] {
  const made = outcomesOf(records).map(
    ({ name, made: by, notRun }) => `- ${name}: ${by ?? `not run: ${notRun}`}`,
  );
  const published = PUBLISHED.map((name) => `- ${name}: ${modelEntry(name).published}`);
  return [
    "How: every detector sees the same decoded pixels at their full size, with the settings that its own project gives it; nothing was tuned on these photos. Average precision is the area up to where the low thresholds end, " +
      "so a detector that is cut off early gets nothing for what it might still find. The scores of Haar count the windows that agree, which orders faces and is no probability. The 200 photos are a part of WIDER FACE's 3,226, " +
      "and were kept at 416 x 416, so that small faces have lost detail by stretching: figures here are lower than published ones, and are for comparing rows.",
    `Published, of other photos or protocols:\n\n${published.join("\n")}`,
    "What to see: SSD and tiny look at a photo shrunk to one fixed size, so they miss the small faces of a crowd that MTCNN's pyramid and YuNet see, and cost the same for every photo. Haar's boxes are squares about eyes and mouth, a part of which overlap the marked ones by less than half: " +
      "its figures suffer by that, too. Average precision and recall count what is found, precision what is right of it: who finds the most at its usual threshold may find the most that is no face, too, and no test here says how much of a difference is chance. Photos to learn from show upright faces mostly; where the claim about cascades can be seen, it is in the table of tilted faces, and the test says from which angle on. Phone photos carry their orientation in EXIF, which facelab applies before it looks.",
    `Made by:\n\n${made.join("\n")}`,
  ];
}
