import type { Embedder, RgbImage } from "../types.js";
import { embedPhoto } from "./embed-photo.js";
import { extractPhoto } from "./extract-faces.js";
import { oneAfterTheOther } from "./one-after-the-other.js";
import type { FacePipeline, PhotoResult, PhotoTask } from "./pipeline-types.js";

/**
 * What a thread of the pool does with photos. It is asked for the next one before the first is done; `hits` are the detections that had
 * been kept and that no answer has counted yet, which may be the other photo's.
 * @param made this thread's own pipeline, for all its photos.
 */
export function photoWork(made: Promise<FacePipeline>): (task: PhotoTask) => Promise<PhotoResult> {
  const pipeline = networksInTurn(made);
  /** How many kept detections the pool was told of. */
  let reported = 0;
  return async ({ kind, photo }) => {
    const steps = await pipeline;
    const value = await (kind === "embed"
      ? embedPhoto(photo, steps)
      : extractPhoto(photo, steps, steps.embedder.aligner));
    const known = steps.cache?.hits() ?? 0;
    const hits = known - reported;
    reported = known;
    return { value, hits };
  };
}

/**
 * The networks compute on this very thread: two photos that take turns in them are no faster than one after the other, and need the memory
 * of two. Reading and decoding are elsewhere, and go on meanwhile.
 */
async function networksInTurn(made: Promise<FacePipeline>): Promise<FacePipeline> {
  const steps = await made;
  const inTurn = oneAfterTheOther();
  const embedder = (other: Embedder): Embedder => ({
    ...other,
    embed: inTurn((chips: readonly RgbImage[]) => other.embed(chips)),
  });
  return {
    ...steps,
    detector: { ...steps.detector, detect: inTurn((image: RgbImage) => steps.detector.detect(image)) },
    embedder: embedder(steps.embedder),
    others: steps.others?.map(embedder),
  };
}
