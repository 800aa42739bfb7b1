import { type CalibrationBins, calibrationCurve } from "./calibration-curve.js";

/**
 * How far confidences are from shares of right answers: the mean over all answers of |mean confidence - share right| of their bin, 0..1;
 * smaller is better. It says nothing of how good the answers are (who guesses, and says so, has 0), and of few answers it is too
 * large by chance, the more so the more bins there are.
 *
 * Naeini, Cooper, Hauskrecht: Obtaining well calibrated probabilities using Bayesian binning, AAAI 2015; with 15 bins as in Guo, Pleiss,
 * Sun, Weinberger: On calibration of modern neural networks, ICML 2017.
 * @param confidences probability of each answer, 0..1.
 * @param right whether it is right.
 * @throws InputError as `calibrationCurve`.
 */
export function expectedCalibrationError(
  confidences: readonly number[],
  right: readonly boolean[],
  bins: CalibrationBins = {},
): number {
  const curve = calibrationCurve(confidences, right, bins);
  const gaps = curve.map((bin) => bin.count * Math.abs(bin.confidence - bin.right));
  return gaps.reduce((sum, gap) => sum + gap, 0) / confidences.length;
}
