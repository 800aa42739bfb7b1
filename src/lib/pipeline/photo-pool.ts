import { Piscina } from "piscina";
import { requireInteger } from "../errors.js";
import type {
  FacePipelineOptions,
  PhotoCrops,
  PhotoPool,
  PhotoResult,
  PhotoTask,
  PhotoVectors,
} from "./pipeline-types.js";

/** One is computed while the next is decoded, which sharp does on threads of its own: with one photo only, the thread would wait for them. */
const PHOTOS_PER_THREAD = 2;

/**
 * Work on several photos at once, each on a thread of its own (piscina). The threads start with the first photo, and do not keep the
 * process alive. Every network runs on one thread, since photos are what is divided.
 * @param workers threads, >= 1.
 * @param options of the pipeline in each thread.
 * @throws InputError where `workers` is no whole number >= 1.
 */
export function photoPool(workers: number, options: FacePipelineOptions): PhotoPool {
  requireInteger("workers", workers, 1);
  let threads: Piscina | undefined;
  let hits = 0;
  const run = async (task: PhotoTask): Promise<PhotoResult["value"]> => {
    threads ??= new Piscina({
      filename: new URL("./photo-worker.js", import.meta.url).href,
      workerData: {
        ...options,
        threads: options.threads ?? 1,
        workers: undefined,
      } satisfies FacePipelineOptions,
      minThreads: workers,
      maxThreads: workers,
      concurrentTasksPerWorker: PHOTOS_PER_THREAD,
    });
    const result = (await threads.run(task)) as PhotoResult;
    hits += result.hits;
    return result.value;
  };
  return {
    workers,
    embed: async (photo) => (await run({ kind: "embed", photo })) as PhotoVectors,
    extract: async (photo) => (await run({ kind: "extract", photo })) as PhotoCrops,
    hits: () => hits,
    async close() {
      await threads?.destroy();
      threads = undefined;
    },
  };
}

/** Starting a thread takes about as long as this many photos. */
const WORTH_A_POOL = 8;

/** How a number of photos is worked on: the pool, where there is one and it pays, and how many photos are held in memory at once. */
export function sharing(
  pool: PhotoPool | undefined,
  photos: number,
): { readonly pool: PhotoPool | undefined; readonly atOnce: number } {
  if (pool === undefined || photos <= WORTH_A_POOL) return { pool: undefined, atOnce: 1 };
  // One waiting for each thread beside those that it has, so that no thread waits.
  return { pool, atOnce: (PHOTOS_PER_THREAD + 1) * pool.workers };
}
