import type { ModelEntry } from "./model-entry.js";

const FACENET =
  "https://raw.githubusercontent.com/foamliu/MobileFaceNet/a6cc9032a659b615f477833e1a70b5e7931bcccc/weights";
const YUNET =
  "https://raw.githubusercontent.com/ShiqiYu/libfacedetection.train/0047ac24afb1a50a0c6105001c89d1b5b805dbf1/onnx";
const HAAR = "https://raw.githubusercontent.com/opencv/opencv/4.6.0/data/haarcascades";

const mobileFaceNet: ModelEntry = {
  name: "mobilefacenet",
  task: "embedding",
  files: [
    {
      name: "MobileFaceNet.onnx",
      urls: [`${FACENET}/MobileFaceNet.onnx`],
      sha256: "b7120c095d60094f28a4a54ba6a8bf51b297a6273fb40ef6350dfec1f63d9507",
      bytes: 3_998_070,
    },
  ],
  ships: false,
  source: FACENET,
  licence: "Apache-2.0",
  commercialUse: "unclear",
  commercialReason:
    "InsightFace gives out its refined MS-Celeb-1M, and models trained on it, for non-commercial research only",
  trainedOn:
    "MS-Celeb-1M, refined: faces_emore (MS1MV2), 5.8 million faces of 85,742 people, by its config.py; " +
    "3.8 million of 85,164 by its README",
  lfwOverlap:
    "46.9 % of LFW's people are in MS1MV2 (Wu et al. 2024, arXiv 2405.09403): accuracy on LFW is too good",
  published:
    "LFW 99.48 %, MegaFace 82.55 % (its README, of the PyTorch weights that the .onnx was made from)",
};

/** What both sizes of YuNet have in common. */
const yunetFacts = {
  task: "detection",
  ships: false,
  source: YUNET,
  licence: "Apache-2.0",
  commercialUse: "unclear",
  commercialReason: "WIDER FACE's photos are CC BY-NC-ND 4.0, without commercial use",
  trainedOn: "WIDER FACE, with the landmarks that SCRFD's authors marked in it",
  lfwOverlap: "not documented; it learnt where faces are, not whose",
} as const;

const yunet: ModelEntry = {
  name: "yunet",
  files: [
    {
      name: "yunet_n_dynamic.onnx",
      urls: [`${YUNET}/yunet_n_dynamic.onnx`],
      sha256: "104ee26c71d5c270ce79a6b3dced91c91013260d29a6bf18f9296c5b8c4c2b12",
      bytes: 322_906,
    },
  ],
  ...yunetFacts,
  published: "WIDER FACE, validation: AP 0.892 easy, 0.883 medium, 0.811 hard (YuNet_n in its README)",
};

const yunet640: ModelEntry = {
  name: "yunet-640",
  files: [
    {
      name: "yunet_s_640_640.onnx",
      urls: [`${YUNET}/yunet_s_640_640.onnx`],
      sha256: "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
      bytes: 232_589,
    },
  ],
  ...yunetFacts,
  published: "WIDER FACE, validation: AP 0.887 easy, 0.871 medium, 0.768 hard (YuNet_s in its README)",
};

const haarCascade: ModelEntry = {
  name: "haarcascade",
  task: "detection",
  files: [
    {
      name: "haarcascade_frontalface_default.xml",
      urls: [`${HAAR}/haarcascade_frontalface_default.xml`],
      sha256: "0f7d4527844eb514d4a4948e822da90fbb16a34a0bbbbc6adc6498747a5aafb0",
      bytes: 930_127,
    },
  ],
  ships: false,
  source: HAAR,
  licence: "Intel License Agreement For Open Source Computer Vision Library (BSD-style, inside of the file)",
  commercialUse: "allowed",
  commercialReason: "by its licence; its training photos are not documented",
  trainedOn: "frontal faces of 24 x 24 pixels, by Rainer Lienhart; which photos is not documented",
  lfwOverlap: "not documented; it learnt where faces are, not whose",
  published: "not documented",
};

/** What `facelab models fetch` gets from the internet, other than MTCNN. */
export const downloadedModels: readonly ModelEntry[] = [mobileFaceNet, yunet, yunet640, haarCascade];
