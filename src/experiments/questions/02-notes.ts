import { percent } from "../compare-detectors/cells.js";
import { knownGroups, ofGroup, openFace } from "./02-tables.js";
import { accuracyOf, type Curve, chosenAt, curveOf } from "./learning-curve-records.js";
import { bestTwo, unknownOf } from "./learning-curve-tables.js";
import type { Records } from "./records.js";

/** How it was measured, what OpenFace publishes, and why classifiers fall. */
export function peopleNotes(records: Records): string[] {
  const curve = curveOf(records);
  const most = curve.places.at(-1)!;
  return [
    "How: people are drawn at random, and of each person up to 20 photos; a tenth of each person's photos, at least one, is tested on, and the others are learned from. " +
      "In one repeat a person has the same photos in the same parts at every number of people for which they are drawn, so that the columns differ by who else is there. " +
      "A classifier is not run where it is predicted to take longer than its budget, all repeats together. " +
      "Only 62 people of LFW have 20 photos, so that 100 and 158 people are drawn from those with 10 or more, 423 from those with 5 or more and 1,680 from those with 2 or more, who are all that there are: " +
      "from 158 on the repeats differ by the photos and the splits only, and both the people and the training photos of each change with the column. Identical photos that LFW has twice are not told apart.",
    `OpenFace publishes ${[...openFace].map(([people, accuracy]) => `${accuracy} for ${people}`).join(", ")} people: its network nn4.small2, a linear SVM with C = 1, ten splits of 90 to 10. ` +
      "Deviations: its people are those with the most photos in LFW, ours are drawn among all who have enough; it takes the first 20 photos by number, or all of who has fewer, ours are drawn; " +
      "its splits are of all photos together, ours are within each person. The networks, their training sets and their crops are different, so its curve says what was usual, not which classifier is better. " +
      beside(records, curve),
    ...falls(records, curve, most),
    "What to see: the curves fall for two reasons that the first table cannot tell apart, more people to be taken for and fewer photos to learn from. The table of training photos can: its last columns hold the photos still and change the people. " +
      "A row of the table is better than another only where the test says so; with two or three repeats the t-test can hardly say anything, which is why the bootstrap over people stands beside it.",
    "Eigenfaces is made for pixels, which do not ship: it is run where the photos of LFW are there (`npx facelab fetch lfw`), up to 158 people.",
  ].map((text) => text.trim());
}

/** Whether the best classifier is above OpenFace's figure wherever it has one. */
function beside(records: Records, curve: Curve): string {
  const measured = curve.places.filter((at) => openFace.has(at));
  const below = measured.filter((at) => !(bestTwo(records, curve, at).accuracy > openFace.get(at)!));
  const above = measured.filter((at) => !below.includes(at));
  const list = (places: readonly number[]): string => places.join(", ");
  const first =
    above.length > 0 ? `The best classifier is above OpenFace's figure at ${list(above)} people.` : "";
  return below.length > 0 ? `${first} It is not above it at ${list(below)}.` : first;
}

/** What the records say about each classifier that loses more than 5 points up to the most people. */
function falls(records: Records, curve: Curve, most: number): string[] {
  const first = curve.places[0]!;
  const lines = curve.classifiers.flatMap((name) => {
    const answers = curve.answers(most, name);
    const [before, after] = [accuracyOf(curve.answers(first, name)).mean, accuracyOf(answers).mean];
    if (name === "majority" || !(before - after > 0.05)) return [];
    return [
      `- ${name} falls from ${percent(before)} to ${percent(after)}. ${why(records, curve, most, name)}`,
    ];
  });
  if (lines.length === 0) return [];
  return [
    `Why classifiers fall, from ${first} to ${most.toLocaleString("en")} people (by more than 5 points):\n\n${lines.join("\n")}`,
  ];
}

function why(records: Records, curve: Curve, most: number, name: string): string {
  const answers = curve.answers(most, name);
  const groups = knownGroups.filter((group) => ofGroup(answers, group).length > 0);
  const [fewest, full] = [groups[0]!, groups.at(-1)!];
  const accuracy = (group: (typeof knownGroups)[number]): number => accuracyOf(ofGroup(answers, group)).mean;
  const by =
    fewest === full
      ? ""
      : `People with ${fewest.name} training ${fewest.name === "1" ? "photo" : "photos"}, ${percent(ofGroup(answers, fewest).length / answers.length, 0)} % of the test, are named rightly in ${percent(accuracy(fewest))} %, those with ${full.name} in ${percent(accuracy(full))} %.`;
  const unknown = unknownOf(answers).mean;
  const rejected = unknown > 0.005 ? `${percent(unknown)} % of all answers are "unknown".` : "";
  return [by, rejected, mechanism(records, most, name)].filter((text) => text !== "").join(" ");
}

/** What the fits themselves say. */
function mechanism(records: Records, most: number, name: string): string {
  const chosen = chosenAt(records, most, name);
  const mean = (key: string): number => {
    const values = chosen.map((one) => one[key]).filter((value) => typeof value === "number");
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  if (name === "softmax-10" || name === "softmax" || name === "gate") {
    const [training, held] = [mean("accuracy"), mean("valAccuracy")];
    return (
      `The network it keeps, after ${mean("bestEpoch").toFixed(0)} of ${mean("epochs").toFixed(0)} epochs, names ${percent(training)} % of its training photos rightly (with dropout, if it has some) and ${percent(held)} % of those held out` +
      (training < 0.9 ? ": it has not even learned its own photos." : ".")
    );
  }
  if (name === "knn" || name === "ml-knn") {
    const k = mean("nNeighbors");
    return `The ${k.toFixed(0)} nearest photos vote, and of a person with fewer training photos than that strangers have the other votes; a person with one photo can at best be level with them, and between equal votes ${name === "knn" ? "the first name" : "what its package does"} decides.`;
  }
  if (name.startsWith("svm")) {
    return `C is ${[...new Set(chosen.map(({ c }) => String(c)))].join(" or ")}, chosen by folds of the training part where it is searched; ${mean("unconverged").toFixed(0)} of its problems were stopped unsolved.`;
  }
  if (name.startsWith("cosine")) {
    return `Its threshold, ${mean("threshold").toFixed(3)}, is chosen on the training photos: it rejects ${percent(mean("falseRejectRate"))} % of them, and accepts ${percent(mean("falseAcceptRate"))} % of strangers.`;
  }
  return "";
}
