import { join } from "node:path";
import { type FetchFilesOptions, fetchFiles } from "../inference/fetch-files.js";
import { modelsDirectory } from "../inference/models-directory.js";
import type { RemoteFile } from "../inference/remote-file.js";

const WEIGHTS =
  "https://raw.githubusercontent.com/justadudewhohacks/face-api.js/a86f011d72124e5fb93e59d5c4ab98f699dd5c9c/weights";

/** The reference weights (MIT, face-api.js); the manifest last, since it is what they are found by. */
export const mtcnnFiles: readonly RemoteFile[] = [
  {
    name: "mtcnn_model-shard1",
    urls: [`${WEIGHTS}/mtcnn_model-shard1`],
    sha256: "20f4d3ac278e42e9a079453441533ec4e79bb6bd2e7cf7bd33e34ee123d674cb",
    bytes: 1_983_400,
  },
  {
    name: "mtcnn_model-weights_manifest.json",
    urls: [`${WEIGHTS}/mtcnn_model-weights_manifest.json`],
    sha256: "fc566964c2af6733cd297ce596f0c87190e4cabcdbc90c9b7ce120ebe1897611",
    bytes: 3_134,
  },
];

/**
 * Downloads MTCNN's weights to where `findMtcnnWeights` looks for them, or copies them from a folder.
 * @param models the folder of models; the weights go into `mtcnn-reference/` inside of it.
 * @returns the manifest's path.
 * @throws InputError as `fetchFiles`.
 */
export async function fetchMtcnn(
  options: FetchFilesOptions = {},
  models: string = modelsDirectory(),
): Promise<string> {
  const folder = join(models, "mtcnn-reference");
  await fetchFiles(mtcnnFiles, folder, options);
  return join(folder, "mtcnn_model-weights_manifest.json");
}
