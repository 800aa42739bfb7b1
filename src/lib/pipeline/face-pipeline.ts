import { requireFaceChoice } from "../detection/choose-faces.js";
import { chooseDetector } from "../detection/registry.js";
import { createOtherEmbedder } from "../embedding/registry.js";
import { requireInteger } from "../errors.js";
import { photoLimits } from "../images/photo-limits.js";
import { onnxFallbackReason } from "../inference/onnx-session.js";
import { chooseEmbedder } from "./choose-embedder.js";
import { diskCache } from "./disk-cache.js";
import { ownPipeline } from "./own-pipeline.js";
import { photoPool } from "./photo-pool.js";
import type { FacePipeline, FacePipelineOptions } from "./pipeline-types.js";

/**
 * Sets the pipeline up: MTCNN unless another detector is named, five-point alignment, dlib's embedding or another network's.
 * @throws InputError on an unknown name or a missing or damaged weights or network file.
 */
export async function facePipeline(options: FacePipelineOptions = {}): Promise<FacePipeline> {
  // Before any network is loaded.
  const limits = photoLimits(options);
  const face = requireFaceChoice(options.face ?? "centre");
  // The precision is decided once: the threads of the pool must compute as this one does.
  const { embedder, precision, notices: about } = await chooseEmbedder(options);
  const others = (options.others ?? []).map((name) => createOtherEmbedder(name, embedder.aligner));
  const detector = await chooseDetector(options);
  const notices = [...about, onnxFallbackReason()].filter((line): line is string => line !== undefined);
  const cache = options.cache === false ? undefined : diskCache();
  const workers = requireInteger("workers", options.workers ?? 1, 1);
  const pool = workers > 1 ? photoPool(workers, { ...options, precision }) : undefined;
  return { ...ownPipeline({ detector, embedder, others, face, cache, ...limits }), pool, notices };
}
