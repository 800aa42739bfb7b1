import { dlibAligner } from "../alignment/dlib-aligner.js";
import { type FaceChoice, requireFaceChoice } from "../detection/choose-faces.js";
import { chooseDetector, type DetectorOptions } from "../detection/registry.js";
import { createEmbedder, createOtherEmbedder, type EmbedderOptions } from "../embedding/registry.js";
import { onnxFallbackReason } from "../inference/onnx-session.js";
import type { Detector, Embedder } from "../types.js";
import { describeStep, type Provenance } from "./provenance.js";

/** The way from a photo to an embedding. */
export interface FacePipeline {
  readonly detector: Detector;
  readonly face: FaceChoice;
  readonly embedder: Embedder;
  /** Further embedders, whose vectors go into `others` of each face. */
  readonly others?: readonly Embedder[];
  readonly provenance: Provenance;
  /** What the user should know about the choice: one line each. */
  readonly notices: readonly string[];
}

/** Detector, face choice and embedder, each with its own options. */
export interface FacePipelineOptions extends DetectorOptions, EmbedderOptions {
  /** Which of several faces in a photo: `centre`, `largest`, `all` or `only`. @default "centre" */
  readonly face?: string;
  /** Names of further embedders, as classifiers ask for them (`Classifier.embedder`). @default none */
  readonly others?: readonly string[];
}

/**
 * Sets the pipeline up: MTCNN where its weights are found, five-point alignment, dlib's embedding.
 * @throws InputError on an unknown name or a missing or damaged weights file.
 */
export async function facePipeline(options: FacePipelineOptions = {}): Promise<FacePipeline> {
  const face = requireFaceChoice(options.face ?? "centre");
  const embedder = await createEmbedder(dlibAligner(), options);
  const others = (options.others ?? []).map((name) => createOtherEmbedder(name, embedder.aligner));
  const { detector, notice } = await chooseDetector(options);
  const notices = [notice, onnxFallbackReason()].filter((line): line is string => line !== undefined);
  const provenance = {
    detector: describeStep(detector),
    face,
    aligner: describeStep(embedder.aligner),
    embedder: describeStep(embedder),
    ...(others.length > 0 ? { others: others.map(describeStep) } : {}),
  };
  return { detector, face, embedder, others, provenance, notices };
}
