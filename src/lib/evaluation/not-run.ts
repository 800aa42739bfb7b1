import type { EmbeddedSet } from "../pipeline/embedded-set.js";
import type { Classifier, Embedding, Split } from "../types.js";
import { type Face, facesAt } from "./evaluation-splits.js";

/** A classifier that was left out, and why. */
export type NotRun = { readonly classifier: string } & (
  | {
      readonly kind: "budget";
      /** How long it was predicted to take, over all repeats. */
      readonly seconds: number;
    }
  | {
      readonly kind: "embedder";
      /** Whose vectors it is made for, which the dataset does not have: they are computed from photos. */
      readonly embedder: string;
    }
);

/** The vector of a face that a classifier works on. */
export function vectorFor({ embedder }: Classifier, face: Face): Embedding {
  return embedder === undefined ? face.embedding : (face.others?.[embedder] as Embedding);
}

/** The classifiers whose vectors the set does not have, and those whose estimates for all splits add up to more than the budget. */
export function notRunOf(
  set: EmbeddedSet,
  splits: readonly Split[],
  classifiers: readonly Classifier[],
  budgetSeconds: number,
): NotRun[] {
  const faces = set.photos.filter((photo) => photo.kind === "face");
  return classifiers.flatMap((classifier): NotRun[] => {
    const { name, embedder } = classifier;
    if (embedder !== undefined && faces.some(({ others }) => others?.[embedder] === undefined)) {
      return [{ classifier: name, kind: "embedder", embedder }];
    }
    const seconds = splits.reduce((sum, { train, test }) => {
      const known = facesAt(set, train);
      const workload = {
        samples: known.length,
        dimensions: known[0] === undefined ? 0 : vectorFor(classifier, known[0]).length,
        labels: new Set(known.map(({ label }) => label)).size,
        tests: facesAt(set, test).length,
      };
      return sum + (classifier.estimateSeconds?.(workload) ?? 0);
    }, 0);
    return seconds > budgetSeconds ? [{ classifier: name, kind: "budget", seconds }] : [];
  });
}
