import { modelEntry } from "facelab";
import { percent } from "../compare-detectors/cells.js";
import { type ByRole, meanOf, silent } from "./05-measured.js";
import { MIN_PHOTOS, MOST_PHOTOS } from "./05-roles.js";
import { seen } from "./05-seen.js";
import { FEW, FPIRS, type UnknownSummary, unknownSummary } from "./05-summary.js";
import { rate } from "./05-tables.js";
import { numbers, type Records } from "./records.js";

/** How it was measured, what others publish, and what to see. */
export function unknownNotes(records: Records): string[] {
  const summary = unknownSummary(records);
  return [
    howDrawn(records, summary),
    howScored(summary),
    howTested(summary),
    published(),
    ...seen(summary),
    made(records),
  ];
}

function howDrawn(records: Records, { methods }: UnknownSummary): string {
  const repeats = methods[0]!.repeats;
  const fits = records.tables.fits ?? {};
  const strangers = Math.round(meanOf(repeats.map(({ threshold }) => threshold.length)));
  return (
    `How: of LFW's people with ${MIN_PHOTOS} photos or more half are enrolled, ${span(numbers(fits, "people"))} in each of ${repeats.length} repeats, drawn anew each time; ` +
    `at most ${MOST_PHOTOS} photos of each are used, ${span(numbers(fits, "photos"))} in all to learn from and ${span(repeats.map(({ enrolled }) => enrolled.length))} to test on. ` +
    "The other half are strangers, with as many photos each as one of those enrolled is tested on, and so is everybody else in LFW, with one photo. " +
    `The strangers are divided by person: ${span(repeats.map(({ threshold }) => people(threshold)))} people whom thresholds are set on, ${span(repeats.map(({ test }) => people(test)))} others whom the rates are measured on. ` +
    `A threshold is the lowest score of a stranger at which at most the rate asked for are named: of ${strangers} photos ${FPIRS.map((asked) => `${Math.floor(strangers * asked)} at ${rate(asked)}`).join(" and ")}. ` +
    "Nothing is learned from a stranger, and only one number is set on them. A photo in which no face was found is asked about and names nobody."
  );
}

function howScored({ methods }: UnknownSummary): string {
  const gate = methods.find(({ method }) => method.name === "gate")!;
  const lost = meanOf(gate.repeats.map(({ enrolled }) => enrolled.filter(silent).length / enrolled.length));
  const stopped = meanOf(gate.repeats.map(({ test }) => test.filter(silent).length / test.length));
  return (
    "Scores: `svm` and `softmax` are the probability of the most probable person (kept as log odds, since six digits of a probability near 1 are all alike); " +
    "`cosine` is the similarity to the nearest photo learned from; `gate` is the similarity to the nearest photo of the person whom the network of `softmax` picks, " +
    `where that network's probability passes the threshold that it chose by itself: it does not for ${percent(lost)} % of the photos of people enrolled and ${percent(stopped)} % of those of test strangers, who are named at no threshold. ` +
    "`softmax` and the gate's first stage are one network: those two rows differ in what is compared with the threshold, not in who is recognised."
  );
}

function howTested({ methods }: UnknownSummary): string {
  const repeats = methods[0]!.repeats.length;
  return (
    "Intervals and p are of 2,000 resamples of people and of repeats, thresholds set anew in each. Photos of one person are alike, and the repeats share people, which a test photo by photo would take for evidence; " +
    "the corrected resampled t-test knows test and training photos of one dataset, but no strangers who are drawn as well. " +
    `With ${repeats} repeats the spread from one draw to the next is ${repeats < FEW ? "hardly known: the intervals are too narrow" : "known about as well as a standard deviation of as many numbers"}; the table of the repeats shows it.`
  );
}

function published(): string {
  const { lfwOverlap } = modelEntry("face_recognition_model");
  return [
    "Published figures are of other galleries and networks, so they are beside ours, not against them; of dlib's network none for open sets is known to us:",
    "",
    "- Wu, He, Sun & Tan (Light CNN, 2018; their repository): LightCNN-29v2 has DIR 94.43 % at a false alarm rate of 1e-2, LFW, protocol BLUFR (Liao et al. 2014): the gallery is a thousand photos there, here it is of fewer people with several photos each.",
    "- bob.bio.face's page of results, by its own words not up to date: FaceNet has a TPIR of 98.37 +- 0.82 % at 1e-2 and 99.60 +- 0.66 % at 1e-1, LFW, a ten-fold protocol of its own with other people and photos enrolled.",
    `- People of LFW in the training of dlib's network: ${lfwOverlap}. Had it learned from some of them, these figures would flatter it.`,
  ].join("\n");
}

function made({ about }: Records): string {
  return `Made from the embeddings that ship: ${String(about.made)}.`;
}

function people(probes: ByRole["test"]): number {
  return new Set(probes.map(({ person }) => person)).size;
}

/** The least and the largest of some whole numbers. */
function span(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? String(least) : `${least} to ${most}`;
}
