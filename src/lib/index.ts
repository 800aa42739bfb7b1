// The architecture on one screen: everything public, in the order of the pipeline.

// nouns
export { InputError } from "./errors.js";
export { createRandom } from "./random.js";
export type * from "./types.js";

// images

// inference

// datasets

// detection

// alignment

// embedding

// classifiers

// metrics

// evaluation

// plots
