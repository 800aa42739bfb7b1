import { detectionIdentificationRate, quantile } from "facelab";
import { percent, points } from "../compare-detectors/cells.js";
import { type ByRole, meanOf, silent } from "./05-measured.js";
import { FEW, FPIRS, type UnknownComparison, type UnknownSummary } from "./05-summary.js";
import { rate } from "./05-tables.js";

/** What a student should see, and what the records cannot say. */
export function seen(summary: UnknownSummary): string[] {
  const { methods, comparisons } = summary;
  const closed = methods.map(({ repeats }) => meanOf(repeats.map(rightAtAll)));
  const lowest = FPIRS.at(-1)!;
  const softmax = methods.find(({ method }) => method.name === "softmax")!;
  const sure = quantile(
    softmax.repeats.flatMap(({ test }) => test.filter((one) => !silent(one)).map(odds)),
    0.5,
  );
  const rates = methods.map(({ rates: own }) => own.at(-1)!);
  const open = rates.every(({ sufficient }) => sufficient)
    ? `; where one stranger in ${Math.round(1 / lowest)} may be named it is ${range(rates.map(({ dir }) => dir.mean))} %`
    : "";
  return [
    `What to see: where everybody may be named, ${range(closed)} % of the photos of people enrolled are named rightly, by whichever method${open}. Accuracy among people who are all enrolled says nothing of this. ` +
      `Probabilities that add up to 1 over the people enrolled answer which of these it is, not whether it is one of these: half of the strangers are given ${(100 * sure).toFixed(1)} % or more by the softmax. A similarity is to a face, and can be low to all of them.`,
    differences(comparisons, methods[0]!.repeats.length),
    ownThresholds(summary),
    "What it cannot say: FPIR is a rate per photo of a stranger and of these galleries; with more people enrolled there are more whom a stranger can resemble. " +
      "The chart begins where in each repeat three photos of strangers may be named, for with fewer a rate is a matter of luck. LFW's own page lists photos under a wrong name; they are left as they are here, and one that shows somebody enrolled counts as a stranger named.",
  ];
}

function differences(comparisons: readonly UnknownComparison[], repeats: number): string {
  const level = `5 %, Holm's correction${repeats < FEW ? `, for these ${repeats} draws only` : ""}`;
  const real = comparisons.filter(({ pValue }) => pValue < 0.05);
  const rest = comparisons.filter((one) => !real.includes(one));
  const lines = real.map(({ first, second, asked, difference: { mean } }) => {
    const [more, less] = mean > 0 ? [first, second] : [second, first];
    return `- FPIR ${rate(asked)}: \`${more}\` names ${points(Math.abs(mean), 1).slice(1)} points more rightly than \`${less}\``;
  });
  const chance = rest
    .map(({ first, second, asked }) => `\`${first}\` and \`${second}\` at ${rate(asked)}`)
    .join(", ");
  return [
    real.length === 0 ? `No difference holds (${level}).` : `Differences that hold (${level}):`,
    ...(real.length === 0 ? [] : ["", ...lines]),
    ...(rest.length === 0 ? [] : ["", `May be chance: ${chance}.`]),
  ].join("\n");
}

function ownThresholds({ methods }: UnknownSummary): string {
  const open = methods.filter(({ method }) => method.name === "svm" || method.name === "softmax");
  const named = open.map((one) =>
    meanOf(one.repeats.map(({ test }) => test.filter((probe) => !silent(probe)).length / test.length)),
  );
  return (
    "The third table is what a user gets who sets nothing. `cosine` and `gate` choose a threshold by comparing the people enrolled with each other, each in turn as a stranger to all others. " +
    `\`svm\` and \`softmax\` have no such answer, and name ${range(named)} % of the strangers.`
  );
}

function rightAtAll({ enrolled }: ByRole): number {
  return detectionIdentificationRate(enrolled, Number.NEGATIVE_INFINITY);
}

/** The probability of a score in log odds. */
function odds({ score }: { readonly score: number }): number {
  return 1 / (1 + Math.exp(-score));
}

/** The least and the largest of some shares, in %. */
function range(values: readonly number[]): string {
  const [least, most] = [percent(Math.min(...values)), percent(Math.max(...values))];
  return least === most ? least : `${least} to ${most}`;
}
