import { workerData } from "node:worker_threads";
import { embedPhoto } from "./embed-photo.js";
import { extractPhoto } from "./extract-faces.js";
import { facePipeline } from "./face-pipeline.js";
import type {
  FacePipeline,
  FacePipelineOptions,
  PhotoCrops,
  PhotoTask,
  PhotoVectors,
} from "./pipeline-types.js";

/** The pipeline of this thread, set up at the first photo. */
let pipeline: Promise<FacePipeline> | undefined;

/** What a thread of the pool does with a photo. */
export default async function work({ kind, photo }: PhotoTask): Promise<PhotoVectors | PhotoCrops> {
  pipeline ??= facePipeline(workerData as FacePipelineOptions);
  const steps = await pipeline;
  return kind === "embed" ? embedPhoto(photo, steps) : extractPhoto(photo, steps, steps.embedder.aligner);
}
