import type { ModelEntry } from "./model-entry.js";

const VERSION = "1.7.15";
const WIDER_FACE = "WIDER FACE's photos are CC BY-NC-ND 4.0, without commercial use";

/** A network of face-api as the package has it: the numbers, and the manifest that names their shapes. */
function faceApiModel(
  name: string,
  [weights, weightsBytes]: readonly [sha256: string, bytes: number],
  [manifest, manifestBytes]: readonly [sha256: string, bytes: number],
  facts: Omit<ModelEntry, "name" | "files" | "ships" | "source">,
): ModelEntry {
  const binary = { name: `${name}.bin`, urls: [], sha256: weights, bytes: weightsBytes };
  const list = { name: `${name}-weights_manifest.json`, urls: [], sha256: manifest, bytes: manifestBytes };
  const source = `npm:@vladmandic/face-api@${VERSION}/model`;
  return { name, files: [binary, list], ships: true, source, ...facts };
}

/** The networks inside of @vladmandic/face-api; what is said of their training is from face-api.js' README. */
export const faceApiModels: readonly ModelEntry[] = [
  faceApiModel(
    "face_recognition_model",
    ["b413e420d6840b2775fba32008db6f3cddb07d485967fb42cfcf379c16a8c589", 6_444_032],
    ["cbaffa501b0b9275a12b63357a6843e7e30c054e1c9151e1a5f879b26e32986b", 19_615],
    {
      task: "embedding",
      licence: "CC0-1.0 (dlib_face_recognition_resnet_model_v1 of dlib-models), packed in face-api (MIT)",
      commercialUse: "allowed",
      commercialReason:
        "its author put it into the public domain for any use; the photos' own terms are not stated",
      trainedOn:
        "about 3 million faces of 7,485 people: FaceScrub and VGG Face, about half, and photos scraped from the internet",
      lfwOverlap:
        "avoided: the author made sure of that by his own account; nobody else is known to have checked",
      published: "LFW, View 2: 99.38 %, deviation 0.27 (dlib-models)",
    },
  ),
  faceApiModel(
    "ssd_mobilenetv1_model",
    ["2835640602d53718aa6ae9a42896327eaa21beefed056c218d32ca7d79e1e2f8", 5_616_957],
    ["888f744dffbc84f5f060d1f8427d9742341943a2dfaaf9205d10029b7e7a2955", 28_233],
    {
      task: "detection",
      licence: "Apache-2.0 (yeephycho/tensorflow-face-detection), packed in face-api (MIT)",
      commercialUse: "unclear",
      commercialReason: WIDER_FACE,
      trainedOn: "WIDER FACE",
      lfwOverlap: "not documented; it learnt where faces are, not whose",
      published: "not documented",
    },
  ),
  faceApiModel(
    "tiny_face_detector_model",
    ["b7503ce7df31039b1c43316a9b865cab6a70dd748cc602d3fa28b551503c3871", 193_321],
    ["5d1af4849ac48d5b985f4a9b16010c512353ddd6fcc63d50fd0bc9e9e64296e5", 3_219],
    {
      task: "detection",
      licence: "MIT (face-api)",
      commercialUse: "allowed",
      commercialReason: "by its licence; where its training photos are from is not documented",
      trainedOn: "about 14,000 images of the author's own choice; which ones is not documented",
      lfwOverlap: "not documented; it learnt where faces are, not whose",
      published: "not documented",
    },
  ),
  faceApiModel(
    "face_landmark_68_model",
    ["4611ef65c87d836d03d684b30eec4d195d8b219fa1dd58fc58945831c6b9299b", 356_840],
    ["ca4886639f86e99b39fed0c155f81b63317225773bd9616716e887b0153389c9", 8_485],
    {
      task: "landmarks",
      licence: "MIT (face-api)",
      commercialUse: "unclear",
      commercialReason:
        "its training faces are not named, and the best known set with these 68 points, 300-W, excludes commercial use",
      trainedOn: "about 35,000 faces with 68 points; of which sets is not documented",
      lfwOverlap: "not documented; it learnt where eyes and mouths are, not whose",
      published: "not documented",
    },
  ),
  faceApiModel(
    "age_gender_model",
    ["49f92bbc0afef2342c4385e4a2b0acb6d7a727c6f0aa539499719a81acf9abaa", 429_708],
    ["74b60bf3ebf981bf4e661e9cca3a185614e10b25d797118b62e2a68d3ff2569f", 8_392],
    {
      task: "attributes",
      licence: "MIT (face-api)",
      commercialUse: "unclear",
      commercialReason: "UTKFace and IMDB-WIKI were given out for research only",
      trainedOn: "UTKFace, FG-NET, ChaLearn, IMDB-WIKI, CACD, MegaAge, MegaAge-Asian: four fifths of each",
      lfwOverlap: "not documented",
      published: "on the fifth that is left: age wrong by 4.54 years in the mean, gender right for 95 %",
    },
  ),
  faceApiModel(
    "face_expression_model",
    ["9a9840f2cf1f4c7eab95f197512569345c00d2426754d4608b92af30e0300f3d", 329_468],
    ["5b349c17c7836da506e03422cd6461c74085d8bb2713ad4114647dc5d28174c8", 6_980],
    {
      task: "attributes",
      licence: "MIT (face-api)",
      commercialUse: "unclear",
      commercialReason: "its training photos are of public sets that are not named, and scraped from the web",
      trainedOn: "public sets that are not named, and photos scraped from the web",
      lfwOverlap: "not documented",
      published: "not documented",
    },
  ),
];
