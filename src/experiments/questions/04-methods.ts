import type { VerificationRows } from "./verification-method.js";

const dlib = { published: "99.38 (dlib)" };
const mobilefacenet = { published: "99.48 (its repository)" };

/** Embedders and engines, by what is beside facelab's usual way. */
export const samePersonRows: VerificationRows = {
  heads: ["embedder", "engine", "variation"],
  methods: [
    { ...dlib, name: "dlib", cells: ["dlib", "onnx", ""], source: "shipped" },
    {
      ...dlib,
      name: "dlib, not mirrored",
      cells: ["dlib", "onnx", "the face alone"],
      source: { mirror: false },
    },
    { ...dlib, name: "dlib, int8", cells: ["dlib", "onnx", "int8"], source: { precision: "int8" } },
    {
      ...dlib,
      name: "dlib, face-api",
      cells: ["dlib", "tensorflow.js", ""],
      source: { engine: "face-api" },
    },
    {
      ...mobilefacenet,
      name: "MobileFaceNet",
      cells: ["MobileFaceNet", "onnx", ""],
      source: { embedder: "mobilefacenet" },
    },
    {
      ...mobilefacenet,
      name: "MobileFaceNet, not mirrored",
      cells: ["MobileFaceNet", "onnx", "the face alone"],
      source: { embedder: "mobilefacenet", mirror: false },
    },
    {
      ...dlib,
      name: "face_recognition",
      cells: ["dlib", "Python, dlib", "HOG boxes, the face alone"],
      source: "face_recognition",
    },
  ],
};
