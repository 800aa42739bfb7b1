import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../errors.js";
import { modelsDirectory } from "../inference/models-directory.js";

const MANIFEST = "mtcnn_model-weights_manifest.json";

/** How to get weights, for whoever asked for MTCNN and has none. */
export const NO_MTCNN_WEIGHTS =
  "no MTCNN weights found (facelab fetch mtcnn downloads them; or give the manifest with --weights FILE, or a folder that holds mtcnn-reference/ in " +
  `FACELAB_MODELS; ${MANIFEST} and mtcnn_model-shard1 are in the folder weights/ of ` +
  "github.com/justadudewhohacks/face-api.js at commit a86f011d; or use --detector ssd, which ships with facelab)";

/**
 * Where MTCNN's weights are, in this order: the folder `FACELAB_MODELS`, the package's own `models/`, the folder
 * `shared/models/` beside a checkout, the folder where `facelab fetch mtcnn` puts them. In each one `mtcnn-reference/` or the folder itself holds the manifest.
 * @returns the manifest's path, or undefined where there are none.
 * @throws InputError where FACELAB_MODELS names a folder that does not exist.
 */
export function findMtcnnWeights(): string | undefined {
  const chosen = process.env.FACELAB_MODELS;
  if (chosen && !existsSync(chosen)) {
    throw new InputError(
      `FACELAB_MODELS names a folder that does not exist: ${chosen} (unset it, or create it)`,
    );
  }
  const own = fileURLToPath(new URL("../../models", import.meta.url));
  const beside = fileURLToPath(new URL("../../../../../shared/models", import.meta.url));
  return [chosen, own, beside, modelsDirectory()]
    .filter((folder): folder is string => folder !== undefined && folder !== "")
    .flatMap((folder) => [join(folder, "mtcnn-reference", MANIFEST), join(folder, MANIFEST)])
    .find((path) => existsSync(path));
}
