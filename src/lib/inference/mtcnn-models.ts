import type { ModelEntry } from "./model-entry.js";

const REFERENCE =
  "https://raw.githubusercontent.com/justadudewhohacks/face-api.js/a86f011d72124e5fb93e59d5c4ab98f699dd5c9c/weights";

/** MTCNN with the weights that we trained and that ship. */
const mtcnnFacelab: ModelEntry = {
  name: "mtcnn-facelab",
  task: "detection",
  files: [
    {
      name: "mtcnn-facelab.bin",
      urls: [],
      sha256: "1c565d09fc67c407a7972e627a19ee719a3238c432e94d4c928e3128df67e155",
      bytes: 991_700,
    },
    {
      name: "mtcnn-facelab-weights_manifest.json",
      urls: [],
      sha256: "4bfc68f529e185e5911a74aec4ea09eb3513c3a378387f1aa4eaf860f8b19446",
      bytes: 10_079,
    },
  ],
  ships: true,
  source: "facelab itself, src/lib/models/mtcnn; its manifest names the git tree of the recipe",
  licence: "MIT (facelab)",
  commercialUse: "unclear",
  commercialReason: "LFW's photos were given out for research only",
  trainedOn:
    "LFW, deep-funneled, 13,233 photos, and mosaics made of them; labels by the published MTCNN (mtcnn-reference)",
  lfwOverlap: "all of LFW's photos were in training; it learnt where faces are, not whose",
  published: "in results/mtcnn and its model card, src/lib/models/mtcnn/README.md (facelab)",
};

/** MTCNN with the weights that its authors published, as face-api.js has them. */
const mtcnnReference: ModelEntry = {
  name: "mtcnn-reference",
  task: "detection",
  files: [
    {
      name: "mtcnn_model-shard1",
      urls: [`${REFERENCE}/mtcnn_model-shard1`],
      sha256: "20f4d3ac278e42e9a079453441533ec4e79bb6bd2e7cf7bd33e34ee123d674cb",
      bytes: 1_983_400,
    },
    {
      name: "mtcnn_model-weights_manifest.json",
      urls: [`${REFERENCE}/mtcnn_model-weights_manifest.json`],
      sha256: "fc566964c2af6733cd297ce596f0c87190e4cabcdbc90c9b7ce120ebe1897611",
      bytes: 3_134,
    },
  ],
  ships: false,
  source: REFERENCE,
  licence: "MIT (face-api.js)",
  commercialUse: "unclear",
  commercialReason:
    "WIDER FACE's photos are CC BY-NC-ND 4.0, and CelebA's for research: both without commercial use",
  trainedOn: "WIDER FACE, and CelebA for the landmarks (Zhang et al. 2016)",
  lfwOverlap: "not documented; it learnt where faces are, not whose",
  published: "curves on FDDB and WIDER FACE (Zhang et al. 2016); a figure for these files is not documented",
};

/** Both sets of weights of MTCNN. */
export const mtcnnModels: readonly ModelEntry[] = [mtcnnFacelab, mtcnnReference];
