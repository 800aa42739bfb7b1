import { type FaceChoice, requireFaceChoice } from "../detection/choose-faces.js";
import { InputError } from "../errors.js";
import { facePipeline } from "../pipeline/face-pipeline.js";
import { findFaces } from "../pipeline/find-faces.js";
import type { FacePipeline, NoFaceReason } from "../pipeline/pipeline-types.js";
import type { Detection, RgbImage } from "../types.js";
import { embedderId } from "./embedder-id.js";
import type { Identification, Recogniser } from "./recogniser.js";

/** One face of a photo: where it is, and who. */
export interface RecognisedFace extends Detection, Identification {}

/** What was recognised in one photo, or why nobody was. */
export type PhotoAnswer =
  | {
      readonly kind: "faces";
      readonly photo: string;
      /** Of the photo, in pixels. */
      readonly width: number;
      readonly height: number;
      readonly faces: readonly RecognisedFace[];
    }
  | {
      readonly kind: "none";
      readonly photo: string;
      readonly reason: NoFaceReason;
      readonly detail: string;
    };

/** A {@link PhotoAnswer} with the photo itself, to draw on. */
export type RecognisedPhoto =
  | (Extract<PhotoAnswer, { kind: "faces" }> & { readonly image: RgbImage })
  | Extract<PhotoAnswer, { kind: "none" }>;

/** Who recognises, and how the photo is looked at. */
export interface RecognisePhotoOptions {
  readonly recogniser: Recogniser;
  /** Finds and embeds the faces. @default facePipeline(), which takes a second or two to set up */
  readonly pipeline?: FacePipeline;
  /** Which of several faces: `all`, `centre`, `largest` or `only`; the pipeline's own choice does not count here. @default "all" */
  readonly face?: FaceChoice;
  /** The least cosine similarity at which a name is given, -1..1. @default the recogniser's own */
  readonly minCosine?: number;
}

/**
 * Says who is in a photo. A photo that cannot be read, or shows no face, is an answer and not an error.
 *
 * ```ts
 * const recogniser = await readRecogniser("model.json");
 * const answer = await recognisePhoto("lunch.jpg", { recogniser });
 * if (answer.kind === "faces") console.log(answer.faces.map(({ identity }) => identity));
 * ```
 *
 * For several photos make one `facePipeline()` and pass it: the networks are then loaded once.
 * @param photo a path, to any format that `decodeImage` reads.
 * @throws InputError where the recogniser was trained on another embedder's numbers, or an option is out of its range.
 */
export async function recognisePhoto(
  photo: string,
  { recogniser, pipeline, face = "all", minCosine }: RecognisePhotoOptions,
): Promise<RecognisedPhoto> {
  const choice = requireFaceChoice(face);
  if (minCosine !== undefined && !(minCosine >= -1 && minCosine <= 1)) {
    throw new InputError(`invalid minCosine: ${minCosine} (must be a number in -1..1)`);
  }
  const { detector, embedder, limits } = pipeline ?? (await facePipeline());
  const [trained, own] = [recogniser.embedder, embedderId(embedder)];
  if (trained !== undefined && (trained.name !== own.name || trained.sha256 !== own.sha256)) {
    throw new InputError(
      `the recogniser was trained on another embedder: ${trained.name} ${trained.sha256} (this is ${own.name} ${own.sha256}; train it again)`,
    );
  }
  const found = await findFaces(photo, detector, choice, undefined, limits);
  if (found.kind === "none") {
    const { kind, reason, detail } = found;
    return { kind, reason, detail, photo };
  }
  const { image } = found;
  const embeddings = await embedder.embed(
    found.faces.map(({ landmarks }) => embedder.aligner.align(image, landmarks)),
  );
  const faces = found.faces.map(
    (detection, i): RecognisedFace => ({
      ...detection,
      ...recogniser.identify(embeddings[i]!, minCosine),
    }),
  );
  return { kind: "faces", photo, width: image.width, height: image.height, faces, image };
}
