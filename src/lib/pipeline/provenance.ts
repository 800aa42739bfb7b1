import type { Aligner, Detector, Embedder, ModelCard, Params } from "../types.js";

/** One step of the pipeline as it was set: everything that can change a number. */
export interface Step {
  readonly name: string;
  readonly params: Params;
  readonly models: readonly ModelCard[];
}

/** Where faces or embeddings come from; stored beside them as JSON. */
export interface Provenance {
  readonly detector: Step;
  /** Which of several faces was taken. */
  readonly face: string;
  readonly aligner: Step;
  readonly embedder?: Step;
  /** Further embedders, for classifiers that are made for one of them. */
  readonly others?: readonly Step[];
}

/** Describes a step; an aligner has no model. */
export function describeStep(step: Detector | Aligner | Embedder): Step {
  return { name: step.name, params: step.params, models: "models" in step ? step.models : [] };
}
