/** One way from a face to a probability of each person; a row of the table. */
export interface ProbabilityMethod {
  readonly classifier: "svm" | "softmax" | "cosine" | "knn" | "gate";
  /** What was done to the classifier's scores. */
  readonly calibration: "none" | "Platt" | "isotonic" | "temperature";
  /** Of the scores as they are: what the classifier's calibrated rows are compared with. */
  readonly raw: boolean;
  /** What the classifier answers when it is asked. */
  readonly own: boolean;
}

/** In the order of the tables. */
export const probabilityMethods: readonly ProbabilityMethod[] = [
  { classifier: "svm", calibration: "none", raw: true, own: false },
  { classifier: "svm", calibration: "Platt", raw: false, own: true },
  { classifier: "svm", calibration: "isotonic", raw: false, own: false },
  { classifier: "svm", calibration: "temperature", raw: false, own: false },
  { classifier: "softmax", calibration: "none", raw: true, own: true },
  { classifier: "softmax", calibration: "Platt", raw: false, own: false },
  { classifier: "softmax", calibration: "isotonic", raw: false, own: false },
  { classifier: "softmax", calibration: "temperature", raw: false, own: false },
  { classifier: "cosine", calibration: "none", raw: true, own: false },
  { classifier: "cosine", calibration: "temperature", raw: false, own: true },
  { classifier: "knn", calibration: "none", raw: true, own: true },
  { classifier: "gate", calibration: "none", raw: true, own: true },
];

/** Of columns and lines: `svm, Platt`. */
export function methodName({ classifier, calibration }: Omit<ProbabilityMethod, "raw" | "own">): string {
  return `${classifier}, ${calibration}`;
}
