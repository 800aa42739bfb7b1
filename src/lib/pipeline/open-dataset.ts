import { drawPerPerson } from "../datasets/draw-per-person.js";
import { loadFolder } from "../datasets/load-folder.js";
import type { Ignored, LeftOut } from "../datasets/photo.js";
import { InputError } from "../errors.js";
import type { Random } from "../types.js";
import { datasetKind } from "./dataset-kind.js";
import { embedPhotos } from "./embed-photos.js";
import type { EmbeddedSet } from "./embedded-set.js";
import { readEmbeddingsFile } from "./embeddings-file.js";
import { readEncodingsFile } from "./encodings-file.js";
import { embedFacesFile } from "./faces-file.js";
import { lfwEmbeddedSet, readLfwEmbeddings } from "./lfw-embeddings-file.js";
import type { FacePipeline } from "./pipeline-types.js";

export interface OpenDatasetOptions {
  /** Makes detector and embedder; only called where photos or chips have to be embedded. */
  readonly pipeline: () => Promise<FacePipeline>;
  /** People with fewer photos are left out. @default 1 */
  readonly minPhotos?: number;
  /** Draw so many photos of each person. @default all */
  readonly photosPerPerson?: number;
  /** Draw so many people. @default all */
  readonly people?: number;
  /** Drives the drawing. */
  readonly random: Random;
  /** Called with the number of photos done. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** A dataset and what was not used of it. */
export interface OpenedDataset {
  readonly set: EmbeddedSet;
  readonly ignored: readonly Ignored[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Opens whatever holds a dataset: a folder of photos (one folder per person), a faces file of `extract`, an embeddings
 * file of `embed`, an encodings file of `encode`, or a file of LFW's embeddings; what is not embedded yet is embedded.
 * @throws InputError where there is nothing, where it cannot be read, or where nobody has enough photos.
 */
export async function openDataset(path: string, options: OpenDatasetOptions): Promise<OpenedDataset> {
  const kind = await datasetKind(path);
  if (kind === "folder") return openFolder(path, options);
  if (kind === "lfw") return openLfw(path, options);
  const set = await readSet(path, kind, options);
  return { set: drawFrom(set, options), ignored: [], leftOut: [] };
}

async function readSet(
  path: string,
  kind: "faces" | "encodings" | "embeddings",
  { pipeline, onProgress }: OpenDatasetOptions,
): Promise<EmbeddedSet> {
  if (kind === "faces") return embedFacesFile(path, await pipeline(), onProgress);
  return kind === "encodings" ? readEncodingsFile(path) : readEmbeddingsFile(path);
}

async function openFolder(path: string, options: OpenDatasetOptions): Promise<OpenedDataset> {
  const { minPhotos, onProgress = () => {} } = options;
  const { name, samples, ignored, leftOut } = await loadFolder(path, { minPhotos });
  // Before the photos are opened: a mistake in the folder should not cost minutes of detection.
  const photos = draws(options) ? draw(samples, options) : samples;
  if (new Set(photos.map(({ label }) => label)).size < 2) {
    throw new InputError(`one person only: ${path} (a comparison needs at least two people)`);
  }
  const pipeline = await options.pipeline();
  const embedded = await embedPhotos(photos, pipeline, (done) => onProgress(done, photos.length));
  return { set: { name, photos: embedded, provenance: pipeline.provenance }, ignored, leftOut };
}

async function openLfw(path: string, options: OpenDatasetOptions): Promise<OpenedDataset> {
  const lfw = await readLfwEmbeddings(path);
  const all = lfwEmbeddedSet(path, lfw, [...lfw.names.keys()]);
  return { set: drawFrom(all, options), ignored: [], leftOut: [] };
}

function draws({ photosPerPerson, people, minPhotos }: OpenDatasetOptions): boolean {
  return photosPerPerson !== undefined || people !== undefined || (minPhotos ?? 1) > 1;
}

function drawFrom(set: EmbeddedSet, options: OpenDatasetOptions): EmbeddedSet {
  return draws(options) ? { ...set, photos: draw(set.photos, options) } : set;
}

function draw<T extends { readonly label: string }>(
  items: readonly T[],
  { photosPerPerson, minPhotos, people, random }: OpenDatasetOptions,
): T[] {
  const labels = items.map(({ label }) => label);
  const rows = drawPerPerson(labels, { photosPerPerson, minPhotos, people, random: random.fork("draw") });
  return rows.map((row) => items[row] as T);
}
