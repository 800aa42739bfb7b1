import { percent } from "../compare-detectors/cells.js";
import { brokenClassifiers, OUTCOMES, PLAIN } from "./08-answers.js";
import { conditionKinds } from "./08-conditions.js";
import { outcomesAt, partOf } from "./08-tables.js";
import type { Records } from "./records.js";

/** Whether a missed face or a mistaken one costs more at the strongest of each kind. */
function strongest(records: Records): string {
  const lines = conditionKinds.map(({ kind, measure, strengths }) => {
    const strength = strengths.at(-1)!;
    const outcomes = outcomesAt(records, brokenClassifiers[0], kind, strength);
    const [right, missed] = [partOf(outcomes, OUTCOMES.right), partOf(outcomes, OUTCOMES.notFound)];
    return `- ${kind}, ${strength} (${measure}): ${percent(right)} % right, ${percent(missed)} % not found, ${percent(1 - right - missed)} % found and named wrongly`;
  });
  const plain = outcomesAt(records, brokenClassifiers[0], PLAIN, 0);
  return `At the strongest of each kind, of photos of which ${percent(partOf(plain, OUTCOMES.right))} % are right as they are:\n\n${lines.join("\n")}`;
}

/** How it was measured, and what to see. */
export function spoiledNotes(records: Records): string[] {
  return [
    "How: whole photos of LFW are spoiled, 250 pixels wide with faces of about 100, and everything after that runs as always: MTCNN, alignment, dlib's network, classifiers that have learned from photos as they are. " +
      "So a face that is not found is a loss like a face that is mistaken, and the table tells them apart. Bars are laid over the points found in the photo as it is, three eye distances wide. " +
      "Noise and the side to turn to are drawn for each photo, the same for all classifiers and strengths. Identical photos that LFW has twice are not told apart. The strengths were chosen before measuring, to reach from hardly visible to hardly recognisable, and not changed afterwards.",
    "Published: no figure for this network is known to us. Grm et al. (Strengths and weaknesses of deep learning models for face recognition against image degradations, 2018) find that noise, blur, missing pixels and brightness cost four networks of 2012 to 2016 much on LFW's pairs, contrast and JPEG little. " +
      "Deviations: identification instead of pairs, another network, and a detector that may miss a face.",
    strongest(records),
    "What to see: darkness breaks the detector before the network; of the few faces that it still finds nearly all are named rightly. Blur, noise, JPEG and low resolution leave most faces to be found and break the network. " +
      "Turned photos do neither harm up to 45 degrees, and then both. A bar over the eyes costs far more than one over the mouth. Cosine with its threshold says `unknown` where the others say a wrong name. " +
      "Every one of these conditions is a clean, single one; a dark photo of a phone is dark, noisy and blurred at once.",
  ];
}
