import type { FacePipelineOptions } from "facelab";

/** One way from a photo to a number that says how alike two are; a row of the table. */
export interface VerificationMethod {
  readonly name: string;
  readonly embedder: string;
  readonly engine: string;
  /** What is beside facelab's usual way. */
  readonly variation: string;
  /** The figure that its authors publish for LFW, and what was learnt from: shown beside ours. */
  readonly published: string;
  readonly source: "shipped" | "face_recognition" | FacePipelineOptions;
}

const dlib = { embedder: "dlib", published: "99.38 (dlib)" };
const mobilefacenet = { embedder: "MobileFaceNet", published: "99.48 (its repository)", engine: "onnx" };

/** In the order of the table; the first is what the others are compared with. */
export const verificationMethods: readonly VerificationMethod[] = [
  { ...dlib, name: "dlib", engine: "onnx", variation: "", source: "shipped" },
  {
    ...dlib,
    name: "dlib, not mirrored",
    engine: "onnx",
    variation: "the face alone",
    source: { mirror: false },
  },
  { ...dlib, name: "dlib, int8", engine: "onnx", variation: "int8", source: { precision: "int8" } },
  { ...dlib, name: "dlib, face-api", engine: "tensorflow.js", variation: "", source: { engine: "face-api" } },
  { ...mobilefacenet, name: "MobileFaceNet", variation: "", source: { embedder: "mobilefacenet" } },
  {
    ...mobilefacenet,
    name: "MobileFaceNet, not mirrored",
    variation: "the face alone",
    source: { embedder: "mobilefacenet", mirror: false },
  },
  {
    ...dlib,
    name: "face_recognition",
    engine: "Python, dlib",
    variation: "HOG boxes, the face alone",
    source: "face_recognition",
  },
];
