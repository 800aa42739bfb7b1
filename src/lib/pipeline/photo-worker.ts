import { workerData } from "node:worker_threads";
import { embedPhoto } from "./embed-photo.js";
import { extractPhoto } from "./extract-faces.js";
import { facePipeline } from "./face-pipeline.js";
import type { FacePipeline, FacePipelineOptions, PhotoResult, PhotoTask } from "./pipeline-types.js";

/** The pipeline of this thread, set up at the first photo. */
let pipeline: Promise<FacePipeline> | undefined;

/** What a thread of the pool does with a photo; `hits` are the detections that had been kept. */
export default async function work({ kind, photo }: PhotoTask): Promise<PhotoResult> {
  pipeline ??= facePipeline(workerData as FacePipelineOptions);
  const steps = await pipeline;
  const before = steps.cache?.hits() ?? 0;
  const value = await (kind === "embed"
    ? embedPhoto(photo, steps)
    : extractPhoto(photo, steps, steps.embedder.aligner));
  return { value, hits: (steps.cache?.hits() ?? 0) - before };
}
