import { workerData } from "node:worker_threads";
import { facePipeline } from "./face-pipeline.js";
import { photoWork } from "./photo-work.js";
import type { FacePipelineOptions, PhotoResult, PhotoTask } from "./pipeline-types.js";

/** Of this thread, with a pipeline that is set up at the first photo. */
let work: ReturnType<typeof photoWork> | undefined;

/** What piscina calls in each thread, see {@link photoWork}. */
export default async function photoWorker(task: PhotoTask): Promise<PhotoResult> {
  work ??= photoWork(facePipeline(workerData as FacePipelineOptions));
  return work(task);
}
