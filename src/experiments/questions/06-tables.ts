import { calibrationCurve, meanAndDeviation, reliabilityFigure } from "facelab";
import { count, probability } from "../compare-detectors/cells.js";
import { COMPARED, calibrationComparisons } from "./06-comparisons.js";
import { type MeasuredMethod, measuredMethods, type ProbabilityScores } from "./06-scores.js";
import type { ShownFigure, ShownTable } from "./question.js";
import type { Records } from "./records.js";

/** Bins of the charts with fewer photos, all repeats together, are not drawn. */
const FEWEST = 20;

/** Every method: how often it is right, and how good its probabilities are. */
export function probabilitiesTable(records: Records): ShownTable {
  const rows = measuredMethods(records).map((measured) => {
    const { method, truths } = measured;
    return [
      method.classifier,
      method.own ? `${method.calibration} (its own)` : method.calibration,
      cell(measured, "accuracy", 100, 2),
      cell(measured, "logLoss", 1, 3),
      cell(measured, "brier", 1, 4),
      cell(measured, "ece", 100, 2),
      cell(measured, "eceByQuantile", 100, 2),
      cell(measured, "surplus", 100, 2),
      count(truths.filter((truth) => truth === 0).length),
    ];
  });
  const header = [
    "classifier",
    "calibration",
    "accuracy, %",
    "log-loss",
    "Brier score",
    "ECE, %",
    "ECE of quantile bins, %",
    "confidence - accuracy, points",
    "photos whose truth had 0",
  ];
  const { people, repeats, trainPhotos, testPhotos } = records.about;
  return {
    name: "probabilities",
    caption:
      `LFW, ${people} people, ${trainPhotos} photos to learn from and ${testPhotos} to test on, ${repeats} repeats: mean +- standard deviation over the repeats. ` +
      "Log-loss in nats, 0 clipped to 2^-52; Brier score in 0..2; ECE of the answer's probability, 15 bins of one width, and of as many photos; " +
      "the last column counts the photos of all repeats.",
    rows: [header, ...rows],
  };
}

/** Every calibration against the classifier's scores as they are. */
export function calibrationTests(records: Records): ShownTable {
  const comparisons = calibrationComparisons(records);
  const methods = [...new Set(comparisons.map(({ calibrated }) => calibrated))];
  const rows = methods.map((calibrated) => [
    calibrated.method.classifier,
    calibrated.method.calibration,
    ...COMPARED.map((score) => {
      const one = comparisons.find((other) => other.calibrated === calibrated && other.score === score)!;
      const [factor, digits] = score === "ece" ? [100, 2] : [1, 4];
      return `${signed(factor * one.difference, digits)}, p ${probability(one.pValue)}`;
    }),
  ]);
  return {
    name: "calibrations",
    caption:
      "Calibrated less raw (calibration none of the same classifier), mean over the repeats: below 0 the calibrated probabilities are better. " +
      `p: corrected resampled t-test over the repeats, Holm's correction over all ${comparisons.length} comparisons.`,
    rows: [["classifier", "calibration", "log-loss", "Brier score", "ECE, points"], ...rows],
  };
}

/** Reliability diagrams: every classifier's own probabilities, and what the calibrations make of margins and logits. */
export function reliabilityFigures(records: Records): ShownFigure[] {
  const measured = measuredMethods(records);
  const draw = (name: string, title: string, shown: readonly MeasuredMethod[]): ShownFigure => ({
    name,
    description: `share of right answers over their confidence: ${shown.map((one) => one.name).join("; ")}`,
    figure: reliabilityFigure(
      title,
      `15 bins, all repeats; drawn from ${FEWEST} photos on`,
      shown.map((one) => ({ name: one.name, curve: calibrationCurve(one.confidences, one.right) })),
      { fewest: FEWEST },
    ),
  });
  const of = (classifier: string) => measured.filter(({ method }) => method.classifier === classifier);
  return [
    draw(
      "reliability",
      "Is 90 % sure right 9 times of 10?",
      measured.filter(({ method }) => method.own),
    ),
    draw("reliability-svm", "Linear SVM: four ways to a probability", of("svm")),
    draw("reliability-softmax", "Softmax network: four ways", of("softmax")),
  ];
}

function cell(
  { scores }: MeasuredMethod,
  score: keyof ProbabilityScores,
  factor: number,
  digits: number,
): string {
  const { mean, deviation } = meanAndDeviation(scores.map((one) => factor * one[score]));
  const text = score === "surplus" ? signed(mean, digits) : mean.toFixed(digits);
  return `${text} +- ${deviation.toFixed(digits)}`;
}

function signed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  if (Number(text) === 0) return (0).toFixed(digits);
  return value > 0 ? `+${text}` : text;
}
