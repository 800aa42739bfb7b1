// What is used here of two packages that bring no types.

declare module "ml-svm" {
  export default class SVM {
    constructor(options: {
      C: number;
      tol: number;
      maxIterations: number;
      kernel: "linear";
      whitening: boolean;
      random: () => number;
    });
    train(features: readonly (readonly number[])[], labels: readonly (1 | -1)[]): void;
    /** Passes that training took. */
    readonly iterations: number;
    /** The plane's weights, of a linear kernel. */
    readonly W: readonly number[];
    /** The plane's intercept. */
    readonly b: number;
  }
}

declare module "ml-knn" {
  export default class KNN {
    constructor(dataset: readonly (readonly number[])[], labels: readonly number[], options: { k: number });
    predict(query: readonly number[]): number;
    readonly kdTree: {
      /** Pairs of a point, its label appended, and its distance. */
      nearest(query: readonly number[], k: number): readonly (readonly [readonly number[], number])[];
    };
  }
}
