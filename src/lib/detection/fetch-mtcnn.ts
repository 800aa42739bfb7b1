import type { FetchFilesOptions } from "../inference/fetch-files.js";
import { fetchModel } from "../inference/fetch-model.js";
import { modelEntry } from "../inference/model-registry.js";
import { modelsDirectory } from "../inference/models-directory.js";
import type { RemoteFile } from "../inference/remote-file.js";

/** The reference weights (MIT, face-api.js); the manifest last, since it is what they are found by. */
export const mtcnnFiles: readonly RemoteFile[] = modelEntry("mtcnn-reference").files;

/**
 * Downloads the published weights of MTCNN to where `--weights mtcnn-reference` looks for them, or copies them from a folder.
 * @param models the folder of models; the weights go into `mtcnn-reference/` inside of it.
 * @returns the manifest's path.
 * @throws InputError as `fetchFiles`.
 */
export async function fetchMtcnn(
  options: FetchFilesOptions = {},
  models: string = modelsDirectory(),
): Promise<string> {
  const paths = await fetchModel("mtcnn-reference", options, models);
  return paths.at(-1)!;
}
