import { accuracy } from "../metrics/accuracy.js";
import type { Model, Sample } from "../types.js";

/**
 * Part of the samples that a model names rightly, in 0..1, as scikit-learn's `score` of a classifier; `unknown` counts as wrong.
 * @throws InputError on no samples or an embedding of another length than the model's.
 */
export function score(model: Pick<Model, "predict">, samples: readonly Sample[]): number {
  const answers = samples.map(({ embedding }) => model.predict(embedding));
  return accuracy(
    samples.map(({ label }) => label),
    answers.map((answer) => (answer.kind === "person" ? answer.label : null)),
  );
}
