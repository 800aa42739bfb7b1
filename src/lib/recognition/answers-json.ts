import type { PhotoAnswer, RecognisedFace } from "./recognise-photo.js";
import { writeText } from "./write-text.js";

/**
 * Writes what was recognised as JSON, an array of photos in their order:
 *
 * ```ts
 * {
 *   photo: string,               // the path as it was given
 *   picture: string | null,      // the picture with the boxes, where one was written
 *   width: number | null,        // in pixels; null where there is no face
 *   height: number | null,
 *   reason: string | null,       // why there is no face: "unreadable", "no face found", "several faces"
 *   detail: string | null,
 *   faces: {
 *     answer: "person" | "unknown",
 *     name: string | null,       // null where the answer is "unknown"
 *     candidate: string,         // the likeliest person; the next three are about them
 *     probability: number,       // 0..1, if it is one of the people enrolled
 *     similarity: number,        // cosine, to the nearest training face, -1..1
 *     distance: number,          // Euclidean, between unit vectors, 0..2
 *     box: { x, y, width, height },      // pixels
 *     landmarks: { x, y }[],             // left eye, right eye, nose, left and right corner of the mouth; pixels
 *     score: number                      // the detector's, 0..1
 *   }[]
 * }[]
 * ```
 * @param pictures the path of each photo's picture, by the photo's path.
 * @throws InputError where the file cannot be written.
 */
export async function writeAnswersJson(
  path: string,
  answers: readonly PhotoAnswer[],
  pictures: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  const photos = answers.map((answer) => ({
    photo: answer.photo,
    picture: pictures.get(answer.photo) ?? null,
    width: answer.kind === "faces" ? answer.width : null,
    height: answer.kind === "faces" ? answer.height : null,
    reason: answer.kind === "none" ? answer.reason : null,
    detail: answer.kind === "none" ? answer.detail : null,
    faces: answer.kind === "faces" ? answer.faces.map(faceJson) : [],
  }));
  await writeText(path, `${JSON.stringify(photos, null, 1)}\n`);
}

function faceJson(face: RecognisedFace): object {
  const { identity, candidate, probability, similarity, distance, box, landmarks, score } = face;
  const name = identity.kind === "person" ? identity.label : null;
  return {
    answer: identity.kind,
    name,
    candidate,
    probability,
    similarity,
    distance,
    box,
    landmarks,
    score,
  };
}
