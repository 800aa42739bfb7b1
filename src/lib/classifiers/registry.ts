import { InputError } from "../errors.js";
import type { Classifier, Params } from "../types.js";
import { type CosineMeanOptions, cosineMean } from "./cosine-mean.js";
import { type CosineThresholdOptions, cosineThreshold } from "./cosine-threshold.js";
import { type EigenfacesOptions, eigenfaces } from "./eigenfaces.js";
import { type LinearSvmOptions, linearSvm } from "./linear-svm.js";
import { majority } from "./majority.js";
import { type MlKnnOptions, mlKnn } from "./ml-knn.js";
import { type MlSvmOptions, mlSvm } from "./ml-svm.js";
import { type NearestNeighboursOptions, nearestNeighbours } from "./nearest-neighbours.js";
import { type SoftmaxNetworkOptions, softmaxNetwork, tenEpochSoftmax } from "./softmax-network.js";
import { svmC1 } from "./svm-c1.js";
import { type TwoStageGateOptions, twoStageGate } from "./two-stage-gate.js";

/** Every classifier by the name that the command line and the result files use. */
export const classifiers: {
  readonly svm: (options?: LinearSvmOptions) => Classifier;
  readonly cosine: (options?: CosineThresholdOptions) => Classifier;
  readonly knn: (options?: NearestNeighboursOptions) => Classifier;
  readonly "cosine-mean": (options?: CosineMeanOptions) => Classifier;
  readonly "svm-c1": (options?: LinearSvmOptions) => Classifier;
  readonly "ml-svm": (options?: MlSvmOptions) => Classifier;
  readonly "ml-knn": (options?: MlKnnOptions) => Classifier;
  readonly softmax: (options?: SoftmaxNetworkOptions) => Classifier;
  readonly "softmax-10": (options?: SoftmaxNetworkOptions) => Classifier;
  readonly gate: (options?: TwoStageGateOptions) => Classifier;
  readonly eigenfaces: (options?: EigenfacesOptions) => Classifier;
  readonly majority: () => Classifier;
} = {
  svm: linearSvm,
  cosine: cosineThreshold,
  knn: nearestNeighbours,
  "cosine-mean": cosineMean,
  "svm-c1": svmC1,
  "ml-svm": mlSvm,
  "ml-knn": mlKnn,
  softmax: softmaxNetwork,
  "softmax-10": tenEpochSoftmax,
  gate: twoStageGate,
  eigenfaces,
  majority,
};

/** A key of {@link classifiers}. */
export type ClassifierName = keyof typeof classifiers;

/**
 * Makes a classifier by name, for names and options that come from outside; in code call the factory.
 * @param name a key of `classifiers`.
 * @param params the factory's options.
 * @throws InputError on an unknown name, an unknown option or a value out of its range.
 */
export function createClassifier(name: string, params: Params = {}): Classifier {
  if (!Object.hasOwn(classifiers, name)) {
    throw new InputError(`unknown classifier: ${name} (expected ${Object.keys(classifiers).join(", ")})`);
  }
  const create = classifiers[name as ClassifierName] as (options: Params) => Classifier;
  // Checked before the values are: a misspelt option would otherwise be ignored. Every factory lists its options in `params`.
  const known = Object.keys(create({}).params);
  for (const option of Object.keys(params)) {
    if (!known.includes(option)) {
      throw new InputError(`unknown option of ${name}: ${option} (expected ${known.join(", ")})`);
    }
  }
  return create(params);
}
