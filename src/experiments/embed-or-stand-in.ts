import {
  decodeImage,
  type Embedding,
  embedFaces,
  embedFiles,
  type FacePipeline,
  InputError,
  type Landmarks5,
} from "facelab";
import { embedVaried, type VaryPhoto } from "./embed-varied.js";
import { meanLandmarks } from "./mean-landmarks.js";

/** A photo without a face, which the stand-in was embedded of. */
export interface StandIn {
  readonly row: number;
  readonly path: string;
  readonly reason: string;
}

/**
 * The embedding of every photo of LFW, whose photos are centred on the face: where none was found, the place is taken where the five
 * points are on average, and the photo is named. So no photo, and no pair, is left out.
 * @throws InputError where there is no face in any photo, or a photo without a face cannot be read.
 */
export async function embedOrStandIn(
  paths: readonly string[],
  pipeline: FacePipeline,
  onPhoto: (done: number, total: number) => void,
): Promise<{ embeddings: Embedding[]; standIns: StandIn[] }> {
  const files = await embedFiles(paths, pipeline, (done) => onPhoto(done, paths.length));
  const embeddings: Embedding[] = [];
  const landmarks: Landmarks5[] = [];
  const standIns: StandIn[] = [];
  for (const [row, { path, vectors }] of files.entries()) {
    if (vectors.kind === "none") {
      standIns.push({ row, path, reason: vectors.reason });
      continue;
    }
    const [first] = vectors.faces;
    if (first === undefined) throw new Error("no face among those found");
    landmarks.push(first.landmarks);
    embeddings[row] = first.embedding;
  }
  const place = meanPlace(landmarks, paths);
  // Not kept: there are few, and what is kept is counted as photos.
  const steps = { ...pipeline, cache: undefined };
  for (const { row, path } of standIns) {
    const chip = pipeline.embedder.aligner.align(await decodeImage(path), place);
    for (const { embedding } of await embedFaces([{ chip }], steps)) embeddings[row] = embedding;
  }
  return { embeddings, standIns };
}

/**
 * As {@link embedOrStandIn}, of photos that are varied before a face is looked for.
 * @throws InputError where there is no face in any photo, or a photo cannot be read.
 */
export async function embedVariedOrStandIn(
  paths: readonly string[],
  vary: VaryPhoto,
  pipeline: FacePipeline,
  onPhoto: (done: number, total: number) => void,
): Promise<{ embeddings: Embedding[]; standIns: number[] }> {
  const faces = await embedVaried(paths, vary, pipeline, onPhoto);
  const place = meanPlace(
    faces.flatMap((face) => (face === undefined ? [] : [face.landmarks])),
    paths,
  );
  const { embedder } = pipeline;
  const standIns = faces.flatMap((face, row) => (face === undefined ? [row] : []));
  const embeddings = faces.map((face) => face?.embedding as Embedding);
  for (const row of standIns) {
    const image = await vary(await decodeImage(paths[row] as string), row);
    const [embedding] = await embedder.embed([embedder.aligner.align(image, place)]);
    embeddings[row] = embedding as Embedding;
  }
  return { embeddings, standIns };
}

function meanPlace(landmarks: readonly Landmarks5[], paths: readonly string[]): Landmarks5 {
  if (landmarks.length === 0) {
    throw new InputError(
      `no face found in any of ${paths.length} photos, as ${paths[0]} (are these the right photos and weights?)`,
    );
  }
  return meanLandmarks(landmarks);
}
