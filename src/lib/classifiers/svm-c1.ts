import { type LinearSvm, type LinearSvmOptions, linearSvm } from "./linear-svm.js";

/**
 * {@link linearSvm} with C = 1, which is scikit-learn's default, and no search. Unit vectors of faces lie so close together that
 * it underfits, and most of all those with few photos beside a person with many. On LFW's 158 people with 10 photos or more, all photos of
 * each, that costs 0.3 points of accuracy.
 */
export function svmC1(options: LinearSvmOptions = {}): LinearSvm {
  return linearSvm({ c: 1, ...options }, "svm-c1");
}
