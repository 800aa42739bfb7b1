import { InputError } from "../errors.js";
import type { Classifier, Params } from "../types.js";
import { type CosineThresholdOptions, cosineThreshold } from "./cosine-threshold.js";
import { type LinearSvmOptions, linearSvm } from "./linear-svm.js";
import { type NearestNeighboursOptions, nearestNeighbours } from "./nearest-neighbours.js";

/** Every classifier by the name that the command line and the result files use. */
export const classifiers: {
  readonly svm: (options?: LinearSvmOptions) => Classifier;
  readonly cosine: (options?: CosineThresholdOptions) => Classifier;
  readonly knn: (options?: NearestNeighboursOptions) => Classifier;
} = {
  svm: linearSvm,
  cosine: cosineThreshold,
  knn: nearestNeighbours,
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
