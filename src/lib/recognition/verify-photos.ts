import { dot } from "../classifiers/vector-operations.js";
import { InputError } from "../errors.js";
import { facePipeline } from "../pipeline/face-pipeline.js";
import { findFaces } from "../pipeline/find-faces.js";
import type { FacePipeline } from "../pipeline/pipeline-types.js";
import type { Detection, Embedding } from "../types.js";
import { unitVector } from "../unit-vector.js";
import { cosineToDistance } from "./cosine-to-distance.js";
import { hasVerificationThresholds, verificationThresholds } from "./verification-threshold.js";

/** What {@link verifyPhotos} found. */
export interface Verification {
  readonly verdict: "same person" | "different people";
  /** Cosine similarity of the two faces, -1..1. */
  readonly similarity: number;
  /** Euclidean distance between them as unit vectors, 0..2. */
  readonly distance: number;
  /** The least similarity for `same person`. */
  readonly minCosine: number;
  /** The faces that were compared, in the order of the photos. */
  readonly faces: readonly [Detection, Detection];
}

/** How {@link verifyPhotos} looks and decides. */
export interface VerifyPhotosOptions {
  /** Finds and embeds the face, one of each photo. @default facePipeline(), which takes a second or two to set up */
  readonly pipeline?: FacePipeline;
  /** The least cosine similarity for `same person`, -1..1. @default the most accurate one on View 1 of LFW */
  readonly minCosine?: number;
}

/**
 * Says whether two photos show one person: of each the face that its pipeline picks, by default the largest and nearest to
 * the centre.
 *
 * ```ts
 * const { verdict, similarity } = await verifyPhotos("passport.jpg", "selfie.jpg");
 * ```
 *
 * For several pairs make one `facePipeline()` and pass it: the networks are then loaded once. The default threshold is for
 * its embedding, see {@link verificationThresholds}.
 * @param a, b paths, to any format that `decodeImage` reads.
 * @throws InputError that names the photo where one cannot be read, shows no face, or shows several and the pipeline's
 * choice is `all` or `only`; and where the embedder is not dlib's and no `minCosine` is given.
 */
export async function verifyPhotos(
  a: string,
  b: string,
  { pipeline, minCosine: given }: VerifyPhotosOptions = {},
): Promise<Verification> {
  const { name = "dlib" } = pipeline?.embedder ?? {};
  if (given === undefined && !hasVerificationThresholds(name)) {
    throw new InputError(
      `no threshold is known for ${name} (give the least cosine similarity of one person: minCosine, --threshold)`,
    );
  }
  const minCosine = given ?? verificationThresholds.accurate.minCosine;
  if (!(minCosine >= -1 && minCosine <= 1)) {
    throw new InputError(`invalid minCosine: ${minCosine} (must be a number in -1..1)`);
  }
  const used = pipeline ?? (await facePipeline());
  const first = await onlyFace(a, used);
  const second = await onlyFace(b, used);
  const [left, right] = [unitVector(first.embedding), unitVector(second.embedding)];
  const similarity = Math.min(1, dot(left, 0, right, 0, left.length));
  return {
    verdict: similarity >= minCosine ? "same person" : "different people",
    similarity,
    distance: cosineToDistance(similarity),
    minCosine,
    faces: [first.face, second.face],
  };
}

async function onlyFace(
  photo: string,
  { detector, face: choice, embedder, limits }: FacePipeline,
): Promise<{ face: Detection; embedding: Embedding }> {
  const found = await findFaces(photo, detector, choice, undefined, limits);
  if (found.kind === "none") {
    // The message of an unreadable photo names the photo already.
    const why = found.reason === "unreadable" ? found.detail : `${found.reason}: ${photo} (${found.detail})`;
    throw new InputError(why);
  }
  const [face, another] = found.faces;
  if (face === undefined || another !== undefined) {
    throw new InputError(`several faces: ${photo} (${found.faces.length} faces; choose centre or largest)`);
  }
  const [embedding] = await embedder.embed([embedder.aligner.align(found.image, face.landmarks)]);
  return { face, embedding: embedding! };
}
