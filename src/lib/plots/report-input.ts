import type { Evaluation } from "../evaluation/evaluate.js";
import type { RunDescription } from "../evaluation/write-run.js";
import type { EmbeddedSet } from "../pipeline/embedded-set.js";
import type { Random } from "../types.js";

/** Pictures of the faces in photos that were answered wrongly. */
export interface ReportFaces {
  /** Data URIs by the photo's path. */
  readonly pictures: ReadonlyMap<string, string>;
  /** What is missing and why, one line each. */
  readonly notes: readonly string[];
}

/** What {@link reportHtml} shows. */
export interface ReportInput {
  readonly set: EmbeddedSet;
  readonly evaluation: Evaluation;
  readonly description: RunDescription;
  readonly faces?: ReportFaces;
  /** Drives the map of the embeddings: UMAP, and the draw from a large dataset. */
  readonly random: Random;
}
