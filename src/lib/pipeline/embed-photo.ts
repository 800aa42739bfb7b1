import { photoLimits } from "../images/photo-limits.js";
import type { RgbImage } from "../types.js";
import { codeFingerprint } from "./code-fingerprint.js";
import { embedChips } from "./embed-chips.js";
import { findFaces } from "./find-faces.js";
import { fromKept, type KeptVectors, toKept } from "./kept-vectors.js";
import type { PhotoFile } from "./photo-file.js";
import type { FacePipeline, FaceVectors, NoFace, PhotoVectors, PlacedVectors } from "./pipeline-types.js";
import { describeStep } from "./provenance.js";

type Steps = Pick<FacePipeline, "detector" | "face" | "embedder" | "others" | "limits" | "cache">;

/** The direct way from one photo to embeddings. */
export async function embedPhoto(
  photo: PhotoFile,
  { detector, face, embedder, others, limits, cache }: Steps,
): Promise<PhotoVectors> {
  const found = await findFaces(photo, detector, face, cache, limits);
  if (found.kind === "none") return found;
  const chips = found.faces.map(({ landmarks }): RgbImage => embedder.aligner.align(found.image, landmarks));
  const vectors = await embedChips(chips, { embedder, others });
  const faces = found.faces.map(
    ({ landmarks }, i): PlacedVectors => ({ ...(vectors[i] as FaceVectors), landmarks }),
  );
  return { kind: "faces", imageHash: found.imageHash, faces };
}

/** What was kept of a photo: the same as {@link embedPhoto} would say, or undefined. */
export async function knownVectors(photo: PhotoFile, steps: Steps): Promise<PhotoVectors | undefined> {
  const kept = (await steps.cache?.get(vectorsKey(photo, steps))) as Kept | undefined;
  if (kept === undefined || kept.kind === "none") return kept;
  return {
    kind: "faces",
    imageHash: kept.imageHash,
    faces: kept.faces.map((face) => ({ ...fromKept(face), landmarks: face.landmarks })),
  };
}

/** Keeps a photo's vectors. A photo that could not be read is tried again: its message names the path. */
export async function keepVectors(photo: PhotoFile, steps: Steps, vectors: PhotoVectors): Promise<void> {
  if (steps.cache === undefined || (vectors.kind === "none" && vectors.reason === "unreadable")) return;
  const kept: Kept =
    vectors.kind === "none"
      ? vectors
      : {
          kind: "faces",
          imageHash: vectors.imageHash,
          faces: vectors.faces.map((face) => ({ ...toKept(face), landmarks: face.landmarks })),
        };
  await steps.cache.put(vectorsKey(photo, steps), kept);
}

/** {@link PhotoVectors} as JSON. */
type Kept =
  | NoFace
  | {
      readonly kind: "faces";
      readonly imageHash?: string;
      readonly faces: readonly (KeptVectors & Pick<PlacedVectors, "landmarks">)[];
    };

/** Everything that the vectors of a photo depend on. */
function vectorsKey({ sha256 }: PhotoFile, steps: Steps): unknown[] {
  const { detector, face, embedder, others = [], limits } = steps;
  const made = [detector, embedder.aligner, embedder, ...others].map(describeStep);
  // With a lower limit the same photo is refused, though its vectors were kept.
  return ["vectors", codeFingerprint(), sha256, face, made, photoLimits(limits).maxPixels];
}
