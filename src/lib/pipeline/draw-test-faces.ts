import { testAlsoInTrain } from "../datasets/divide-photos.js";
import { loadFolder } from "../datasets/load-folder.js";
import type { Ignored, Photo } from "../datasets/photo.js";
import { InputError, requireInteger } from "../errors.js";
import type { Random } from "../types.js";
import { datasetKind } from "./dataset-kind.js";
import { dividePhotoFiles } from "./divide-photo-files.js";
import { type EmbeddedFace, embedFaces } from "./embed-faces.js";
import { type ExtractedPhoto, extractFaces } from "./extract-faces.js";
import { copyKeys, describeDuplicates, findDuplicates } from "./photo-duplicates.js";
import type { FacePipeline } from "./pipeline-types.js";
import type { Provenance } from "./provenance.js";
import { readFacesFile } from "./read-faces-file.js";

export interface DrawTestFacesOptions {
  /** How many test faces, at least 1; where there are fewer, all of them. */
  readonly count: number;
  /** Part of each person's photos to test on, in (0, 1); not used where the dataset is divided. @default 0.3 */
  readonly testSize?: number;
  /** Drives the split and the drawing. */
  readonly random: Random;
  /** Makes detector and embedder; called after the folder was listed. */
  readonly pipeline: () => Promise<FacePipeline>;
  /** Called with the number of steps done: photos looked at, or faces embedded. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Some test faces, and all the training faces of a dataset. */
export interface DrawnTestFaces {
  readonly train: readonly EmbeddedFace[];
  /** In the order in which they were drawn. */
  readonly test: readonly EmbeddedFace[];
  /** Every photo that was looked at, those without a face included: all of train, and of test only those drawn. */
  readonly looked: readonly ExtractedPhoto[];
  /** Of the whole test part: photos of a folder, or faces of a file. */
  readonly testPhotos: number;
  readonly ignored: readonly Ignored[];
  readonly provenance: Provenance | null;
  /** What the user should know, one line each. */
  readonly notices: readonly string[];
}

/**
 * Draws test faces of a dataset that has pictures, and embeds them and all its training faces: of a folder's test photos
 * only as many are opened as it takes.
 * @param path a folder with one folder of photos per person, or a faces file of `extract`.
 * @throws InputError where the dataset cannot be read, has embeddings only, holds one person only, or no test photo with a face.
 */
export async function drawTestFaces(path: string, options: DrawTestFacesOptions): Promise<DrawnTestFaces> {
  requireInteger("count", options.count, 1);
  const kind = await datasetKind(path);
  if (kind !== "folder" && kind !== "faces") {
    throw new InputError(
      `no pictures in ${path} (it holds embeddings only; give the folder of photos, or the .npz that extract makes of it)`,
    );
  }
  const drawn = kind === "folder" ? await drawFromFolder(path, options) : await drawFromFile(path, options);
  requirePeople(path, drawn.train, "with a face to learn from");
  if (drawn.test.length === 0) {
    throw new InputError(`no test photo with a face in ${path} (${drawn.testPhotos} test photos)`);
  }
  return drawn;
}

async function drawFromFolder(path: string, options: DrawTestFacesOptions): Promise<DrawnTestFaces> {
  const { count, testSize, random, onProgress = () => {} } = options;
  const { samples, ignored } = await loadFolder(path);
  requirePeople(path, samples, "");
  const divided = await dividePhotoFiles(samples, { testSize, random: random.fork("splits") });
  const ofPart = (wanted: "train" | "test"): Photo[] => divided.photos.filter(({ part }) => part === wanted);
  const [trainPhotos, testPhotos] = [ofPart("train"), ofPart("test")];
  const pipeline = await options.pipeline();
  const { provenance, notices } = pipeline;
  const { aligner } = pipeline.embedder;
  const steps = trainPhotos.length + Math.min(count, testPhotos.length);
  const looked = await extractFaces(trainPhotos, pipeline, aligner, (done) => onProgress(done, steps));
  const train = await embedFaces(facesOf(looked), pipeline);
  const test: EmbeddedFace[] = [];
  for (const photo of random.fork("test faces").shuffle(testPhotos)) {
    if (test.length >= count) break;
    const extracted = await extractFaces([photo], pipeline, aligner);
    looked.push(...extracted);
    test.push(...(await embedFaces(facesOf(extracted).slice(0, count - test.length), pipeline)));
    onProgress(Math.min(looked.length, steps), steps);
  }
  const lines = [...notices];
  if (divided.ownDivision && testSize !== undefined)
    lines.push("the dataset is divided: the test size is not used");
  lines.push(...divided.notices, ...alikeNotices(looked));
  const all = { train, test, looked, testPhotos: testPhotos.length, ignored, provenance };
  return { ...all, notices: lines };
}

async function drawFromFile(path: string, options: DrawTestFacesOptions): Promise<DrawnTestFaces> {
  const { count, testSize, random, onProgress = () => {} } = options;
  const pipeline = await options.pipeline();
  const { notices } = pipeline;
  const { photos, provenance } = await readFacesFile(path, pipeline.embedder.aligner);
  const faces = facesOf(photos);
  const trainFaces = faces.filter(({ part }) => part === "train");
  const leaked = testAlsoInTrain(
    faces.map(({ part }) => part),
    copyKeys(faces),
  );
  const testFaces = faces.filter(({ part }, i) => part === "test" && !leaked.has(i));
  const drawn = random.fork("test faces").shuffle(testFaces).slice(0, count);
  const chosen = [...trainFaces, ...drawn];
  const embedded = await embedFaces(chosen, pipeline, (done) => onProgress(done, chosen.length));
  return {
    train: embedded.slice(0, trainFaces.length),
    test: embedded.slice(trainFaces.length),
    looked: photos,
    testPhotos: testFaces.length,
    ignored: [],
    provenance,
    notices: [
      ...notices,
      ...(testSize === undefined ? [] : ["the file is divided: the test size is not used"]),
      ...describeDuplicates(findDuplicates(photos)),
    ],
  };
}

/** Of the photos that were looked at; copies were found before. */
function alikeNotices(looked: readonly ExtractedPhoto[]): string[] {
  return describeDuplicates(findDuplicates(looked).filter(({ kind }) => kind === "alike"));
}

function facesOf<T extends { readonly kind: string }>(photos: readonly T[]): Extract<T, { kind: "face" }>[] {
  return photos.filter((photo): photo is Extract<T, { kind: "face" }> => photo.kind === "face");
}

function requirePeople(path: string, photos: readonly { readonly label: string }[], what: string): void {
  const people = new Set(photos.map(({ label }) => label)).size;
  if (people >= 2) return;
  const found = people === 1 ? "one person only" : "nobody";
  throw new InputError(`${[found, what].filter(Boolean).join(" ")}: ${path} (it takes at least two people)`);
}
