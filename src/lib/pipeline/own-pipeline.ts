import { type FaceChoice, requireFaceChoice } from "../detection/choose-faces.js";
import { type PhotoLimits, photoLimits } from "../images/photo-limits.js";
import type { Detector, Embedder } from "../types.js";
import type { DiskCache } from "./disk-cache.js";
import type { FacePipeline } from "./pipeline-types.js";
import { describeStep } from "./provenance.js";

/** What {@link ownPipeline} is put together of. */
export interface OwnPipelineParts extends PhotoLimits {
  readonly detector: Detector;
  /** Brings its aligner along. */
  readonly embedder: Embedder;
  /** Further embedders, for classifiers that ask for them. @default none */
  readonly others?: readonly Embedder[];
  /** Which of several faces in a photo. @default "centre" */
  readonly face?: FaceChoice;
  /** Keeps detections and vectors, by the parts' names, params and models: not for parts that these do not wholly describe. @default none */
  readonly cache?: DiskCache;
}

/**
 * A pipeline of any detector and embedder, as objects: for methods that are not facelab's. It goes wherever one of `facePipeline` goes,
 * and works on one photo after the other.
 * @throws InputError on an unknown choice of faces or a limit out of range.
 */
export function ownPipeline({
  detector,
  embedder,
  others = [],
  face = "centre",
  cache,
  ...limits
}: OwnPipelineParts): FacePipeline {
  return {
    detector,
    face: requireFaceChoice(face),
    embedder,
    others,
    limits: photoLimits(limits),
    cache,
    provenance: {
      detector: describeStep(detector),
      face,
      aligner: describeStep(embedder.aligner),
      embedder: describeStep(embedder),
      ...(others.length > 0 ? { others: others.map(describeStep) } : {}),
    },
    notices: [],
  };
}
