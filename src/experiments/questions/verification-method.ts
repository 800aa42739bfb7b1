import type { FacePipeline, FacePipelineOptions } from "facelab";
import type { LfwMaterial } from "./lfw-material.js";
import type { QuestionContext } from "./question.js";

/** How the embeddings of photos are made. */
export type EmbeddingSource =
  /** Those that ship with the project. */
  | "shipped"
  /** The Python package. */
  | "face_recognition"
  | FacePipelineOptions
  | OwnSource;

/** A pipeline that is put together for one row of a table. */
export interface OwnSource {
  readonly pipeline: (lfw: LfwMaterial, context: QuestionContext) => Promise<FacePipeline>;
  /** Each photo is turned by up to so many degrees before a face is looked for. @default not at all */
  readonly turned?: number;
}

/** One way from a photo to a number that says how alike two are; a row of the table. */
export interface VerificationMethod {
  readonly name: string;
  /** What it is, in the first cells of its row. */
  readonly cells: readonly string[];
  /** The figure that its authors publish for LFW, shown beside ours. */
  readonly published?: string;
  readonly source: EmbeddingSource;
  /** Name of the method that it is compared with. @default the first */
  readonly beside?: string;
}

/** The rows of a table of verification. */
export interface VerificationRows {
  /** Above the first cells of each row. */
  readonly heads: readonly string[];
  /** In the order of the table; the first is what the others are compared with that name no other. */
  readonly methods: readonly VerificationMethod[];
}
