/** A least cosine similarity for "the same person", and how often it is wrong on pairs that it was not tuned on. */
export interface VerificationThreshold {
  /** -1..1 */
  readonly minCosine: number;
  /** Share of pairs of different people that it takes for one (FAR). */
  readonly falseAcceptRate: number;
  /** Share of pairs of one person that it takes for two (FRR). */
  readonly falseRejectRate: number;
}

/**
 * The thresholds of `verifyPhotos`, as `facelab tune-verify` prints them; they are for dlib's embedding with its mirror image.
 *
 * `accurate` gives the verdict: the fewest errors where pairs of one person and of two are equally frequent, in the middle of the
 * gap between the neighbouring scores; the usual choice, and it favours neither kind of error. `strict` lets one in a thousand pairs
 * of strangers pass on the photos that it was tuned on, for when a false acceptance is the worse mistake. Both were tuned on
 * pairsDevTrain of LFW's View 1, and judged on pairsDevTest; View 2 was not looked at. In int8 the same `minCosine` was right about as
 * often on pairsDevTest (98.6 % of the pairs against 98.5 %, with the published weights of MTCNN), so there is no threshold of its own.
 */
export const verificationThresholds: {
  readonly accurate: VerificationThreshold;
  readonly strict: VerificationThreshold;
} = {
  accurate: { minCosine: 0.9136, falseAcceptRate: 0.01, falseRejectRate: 0.014 },
  strict: { minCosine: 0.9304, falseAcceptRate: 0.00081, falseRejectRate: 0.064 },
};

/** Whether {@link verificationThresholds} are of that embedder. */
export function hasVerificationThresholds(embedder: string): boolean {
  return embedder === "dlib" || embedder === "dlib-int8";
}

/** Where the rates of {@link verificationThresholds} come from, in words to print. */
export const verificationSource: string =
  "View 1 of LFW: tuned on pairsDevTrain, rates on pairsDevTest; other photos have other rates";
