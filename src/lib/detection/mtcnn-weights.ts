import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { modelFolders } from "../inference/find-model.js";

const PUBLISHED = "mtcnn_model-weights_manifest.json";

/** The weights that we trained ourselves and that ship with the package: path of their manifest. */
export const shippedMtcnnWeights: string = fileURLToPath(
  new URL("../../models/mtcnn/mtcnn-facelab-weights_manifest.json", import.meta.url),
);

/**
 * Where MTCNN's weights are. The published ones, where they are found, in this order: the folder `FACELAB_MODELS`, the folder
 * `shared/models/` beside a checkout, the folder where `facelab fetch mtcnn` puts them; in each one `mtcnn-reference/` or the folder
 * itself holds the manifest. Otherwise {@link shippedMtcnnWeights}.
 * @returns the manifest's path.
 * @throws InputError where FACELAB_MODELS names a folder that does not exist.
 */
export function findMtcnnWeights(): string {
  const published = modelFolders()
    .flatMap((folder) => [join(folder, "mtcnn-reference", PUBLISHED), join(folder, PUBLISHED)])
    .find((path) => existsSync(path));
  return published ?? shippedMtcnnWeights;
}
