import { loadFolder } from "../datasets/load-folder.js";
import { embedPhotos } from "../pipeline/embed-photos.js";
import { facePipeline } from "../pipeline/face-pipeline.js";
import type { OpenedDataset } from "../pipeline/open-dataset.js";
import type { FacePipeline } from "../pipeline/pipeline-types.js";

/** How {@link encodeFolder} looks at a folder. */
export interface EncodeFolderOptions {
  /** Finds and embeds the faces. @default facePipeline(), which takes a second or two to set up */
  readonly pipeline?: FacePipeline;
  /** People with fewer photos are left out and listed. @default 1 */
  readonly minPhotos?: number;
  /** Called after each photo with the number done so far. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Embeds every photo of a folder that holds one folder of photos per person.
 *
 * ```ts
 * const { set } = await encodeFolder("my-people");
 * await writeEncodingsFile("encodings.npz", set);
 * ```
 *
 * For several folders make one `facePipeline()` and pass it: the networks are then loaded once.
 * @param folder as `loadFolder` reads it; where it is divided into train and val or test, photos keep their part.
 * @returns all photos, those without a face with the reason, and what was not used of the folder.
 * @throws InputError where the folder cannot be read or is laid out in another way.
 */
export async function encodeFolder(
  folder: string,
  { pipeline, minPhotos, onProgress = () => {} }: EncodeFolderOptions = {},
): Promise<OpenedDataset> {
  const { name, samples, ignored, leftOut } = await loadFolder(folder, { minPhotos });
  const used = pipeline ?? (await facePipeline());
  const photos = await embedPhotos(samples, used, (done) => onProgress(done, samples.length));
  return { set: { name, photos, provenance: used.provenance }, ignored, leftOut };
}
