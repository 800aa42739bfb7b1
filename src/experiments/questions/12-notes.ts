import { wilsonInterval } from "facelab";
import { count, percent } from "../compare-detectors/cells.js";
import { SETS } from "./12-looks.js";
import { seenFaces, steadiness } from "./12-tables.js";
import type { Records } from "./records.js";

/** How it was measured, its limits, and what to see. */
export function looksNotes(records: Records): string[] {
  const faces = seenFaces(records);
  const acted = faces.filter(({ set, face }) => set === SETS.expressions && face === 1);
  const right = acted.filter(({ says, photo }) => says[0] === photo).length;
  const { low, high } = wilsonInterval(right, Math.max(acted.length, 1));
  const without = (records.about.withoutEstimate ?? []) as readonly string[];
  const most = Math.max(...faces.flatMap(({ eyes }) => eyes));
  const { medianYears, mostYears, otherExpression } = steadiness(faces);
  const expressions =
    acted.length === 0
      ? ""
      : `Of ${count(acted.length)} acted expressions with a face found the network names ${count(right)}; with so few that is compatible with anything from ${percent(low, 0)} to ${percent(high, 0)} % (Wilson), and these are posed, clear examples, which may be among the photos that the network learned from: nobody names them. `;
  return [
    "How: face-api's SSD finds the faces, its network of 68 points places them, and its networks for age and expression look at the box about these points, as `withFaceExpressions` and `withAgeAndGender` do. " +
      "The eyes' ratio is the mean distance of the lids by the distance of the corners (Soukupova, Cech 2016): it falls as an eye closes. " +
      "Each face is asked about again with the photo mirrored, darker, coarser and compressed, and the same box: whatever moves then is no property of the face.",
    `Published: the age network's author gives a mean error of 4.54 years on photos like those it was trained with; for expressions there is no figure. Neither was measured here, since nobody's age is known for these photos.`,
    `What to see: ${expressions}Between changes that nobody would call another face the age of one face moves by ${medianYears.toFixed(0)} years in the median and by ${mostYears.toFixed(0)} at most, and ${count(otherExpression)} of ${count(faces.length)} faces get another expression. ` +
      `Most ratios of the eyes are between 0.2 and 0.4 here; where the points slip off a turned face it is anything (the largest is ${most.toFixed(1)}). No photo here is known to show somebody tired, and one ratio cannot tell small eyes from tired ones; a video of one person, compared with that person's own open eyes, might. ` +
      "An expression is no feeling, and an estimated age no date of birth: this is a demonstration, not a measurement, and nothing to decide about people with.",
    ...(without.length > 0
      ? [`Faces without an estimate:\n\n${without.map((one) => `- ${one}`).join("\n")}`]
      : []),
    `Made by: ${(records.about.made as readonly string[]).join(", ")}.`,
  ];
}
