import { toMarkdown } from "facelab";
import { boxesTables } from "./boxes-tables.js";
import { landmarksTable } from "./landmarks-table.js";
import { lfwTables } from "./lfw-tables.js";
import type { About, Sections } from "./sections.js";
import { sides } from "./sides.js";
import { widerTable } from "./wider-table.js";

/** All tables as one page of Markdown, from the records alone; a section that was never run says so. */
export function comparisonPage({ boxes, landmarks, wider, lfw }: Sections): string {
  const part = (title: string, about: About | undefined, tables: () => string): string =>
    `## ${title}\n\n${about === undefined ? "Not run yet." : `${weightsTable(about)}\n\n${tables()}`}\n`;
  const abouts = [boxes, landmarks, wider, lfw].flatMap((section) =>
    section === undefined ? [] : [section.about],
  );
  return [
    "# Two sets of MTCNN weights\n",
    "Made by `npm run compare:detectors` from the records beside it (`boxes.json` and so on). Our weights were trained on LFW's photos, which only the last section is about: " +
      "there the detector has seen the photos, though not whose they are.\n",
    ...(mixed(abouts)
      ? ["**The sections were made with different weights: run all of them again before comparing.**\n"]
      : []),
    part("Boxes", boxes?.about, () => boxesTables(boxes!)),
    part("Landmarks", landmarks?.about, () => landmarksTable(landmarks!)),
    part("WIDER FACE", wider?.about, () => widerTable(wider!)),
    part("Recognition", lfw?.about, () => lfwTables(lfw!)),
  ].join("\n");
}

/** Whether one side has other weights in one section than in another. */
function mixed(abouts: readonly About[]): boolean {
  return sides.some((side) => new Set(abouts.map(({ weights }) => weights[side].sha256)).size > 1);
}

function weightsTable({ weights }: About): string {
  const rows = sides.map((side) => {
    const { weights: name, sha256, thresholds, suppression, overlap, secondLook } = weights[side];
    const looks = secondLook ? "yes" : "no";
    return [side, name, sha256.slice(0, 12), thresholds.join(", "), `${suppression}, ${overlap}`, looks];
  });
  return toMarkdown([["", "weights", "sha256", "thresholds", "suppression", "second look"], ...rows]);
}
