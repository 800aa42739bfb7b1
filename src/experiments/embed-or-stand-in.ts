import {
  decodeImage,
  type Embedding,
  embedFaces,
  embedFiles,
  type FacePipeline,
  InputError,
  type Landmarks5,
} from "facelab";
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
  if (landmarks.length === 0) {
    throw new InputError(
      `no face found in any of ${paths.length} photos, as ${paths[0]} (are these the right photos and weights?)`,
    );
  }
  const place = meanLandmarks(landmarks);
  // Not kept: there are few, and what is kept is counted as photos.
  const steps = { ...pipeline, cache: undefined };
  for (const { row, path } of standIns) {
    const chip = pipeline.embedder.aligner.align(await decodeImage(path), place);
    for (const { embedding } of await embedFaces([{ chip }], steps)) embeddings[row] = embedding;
  }
  return { embeddings, standIns };
}
