import { availableParallelism } from "node:os";
import { embedPhotos, facePipeline, samplePhotoPaths } from "facelab";
import { type Comparison, type Measured, measure } from "./measure.js";

/** Reading, decoding, finding, aligning and embedding photos, with one thread and with as many as there are cores. */
export async function pipeline(peers: readonly Measured[]): Promise<Comparison> {
  // Each photo four times: enough for the threads to share.
  const photos = [1, 2, 3, 4].flatMap(() => samplePhotoPaths().map((path) => ({ path, label: "x" })));
  const rows: Measured[] = [];
  for (const workers of new Set([1, availableParallelism()])) {
    const steps = await facePipeline({ cache: false, workers, threads: 1, face: "all" });
    const name = `facelab: ${steps.detector.name}, ${workers} ${workers === 1 ? "worker" : "workers"}`;
    rows.push(await measure(name, photos.length, () => embedPhotos(photos, steps)));
    await steps.pool?.close();
  }
  return {
    title: "photos to embeddings",
    unit: "ms a photo",
    rows: [...rows, ...peers],
    notes: ["sample photos of 1920 pixels, all faces, with the mirror images; from the files"],
  };
}
