import { findFaces } from "../pipeline/find-faces.js";
import type { FacePipeline, NoFace } from "../pipeline/pipeline-types.js";
import type { Recogniser } from "../recognition/recogniser.js";
import { type AttendanceAnswer, attendanceAnswer } from "./attendance-answer.js";

/** What is said of the faces of one photo, or why there are none. */
export type PhotoAttendance =
  | { readonly kind: "faces"; readonly answers: readonly AttendanceAnswer[] }
  | NoFace;

/**
 * Says who is in a photo, for attendance: every face of it. A photo that cannot be read, or shows no face, is an answer and not an error.
 * @param reviewMargin as for `attendanceAnswer`.
 */
export async function answerPhoto(
  photo: string,
  recogniser: Recogniser,
  { detector, embedder, limits }: FacePipeline,
  reviewMargin?: number,
): Promise<PhotoAttendance> {
  const found = await findFaces(photo, detector, "all", undefined, limits);
  if (found.kind === "none") return found;
  const chips = found.faces.map(({ landmarks }) => embedder.aligner.align(found.image, landmarks));
  const embeddings = await embedder.embed(chips);
  return {
    kind: "faces",
    answers: embeddings.map((embedding) => attendanceAnswer(recogniser, embedding, reviewMargin)),
  };
}
