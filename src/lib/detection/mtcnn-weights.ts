import { fileURLToPath } from "node:url";
import { requireModel } from "../inference/find-model.js";

/** The name of the published weights in the model registry, and in place of a manifest's path. */
const PUBLISHED = "mtcnn-reference";

/** The weights that we trained ourselves and that ship with the package: path of their manifest. */
export const shippedMtcnnWeights: string = fileURLToPath(
  new URL("../../models/mtcnn/mtcnn-facelab-weights_manifest.json", import.meta.url),
);

/**
 * The manifest of MTCNN's weights. What lies in the folders of models never changes it: numbers are to depend on what was asked for.
 * @param weights a manifest's path, or `mtcnn-reference` for the published weights, which `findModel` looks for. @default those that ship
 * @throws InputError where the published ones are asked for and are not here.
 */
export function mtcnnWeights(weights: string = shippedMtcnnWeights): string {
  return weights === PUBLISHED ? (requireModel(PUBLISHED).at(-1) as string) : weights;
}
