import { createRequire } from "node:module";
import { readTfjsWeights, type WeightFile } from "../inference/tfjs-weights.js";

/** dlib's weights as they lie inside @vladmandic/face-api, and where. */
export async function dlibWeights(): Promise<{ weights: WeightFile; source: string }> {
  const source = createRequire(import.meta.url).resolve(
    "@vladmandic/face-api/model/face_recognition_model-weights_manifest.json",
  );
  return { weights: await readTfjsWeights(source), source };
}
