import { join } from "node:path";
import { InputError } from "../errors.js";
import { type FetchFilesOptions, fetchFiles } from "./fetch-files.js";
import { modelEntry } from "./model-registry.js";
import { modelsDirectory } from "./models-directory.js";

/**
 * Downloads a model to where `findModel` looks for it, or copies it from a folder. Each file gets its name only when its sha256 is
 * right, and a download that was broken off is resumed.
 * @param name a name of the registry, of a model that does not ship.
 * @param models the folder of models; the files go into one of the model's name inside of it.
 * @returns the files' paths in the registry's order, the one to load last.
 * @throws InputError on an unknown name, where the model ships, and as `fetchFiles`.
 */
export async function fetchModel(
  name: string,
  options: FetchFilesOptions = {},
  models: string = modelsDirectory(),
): Promise<string[]> {
  const { files, ships } = modelEntry(name);
  if (ships) throw new InputError(`nothing to download: ${name} (it comes with facelab)`);
  const folder = join(models, name);
  await fetchFiles(files, folder, options);
  return files.map((file) => join(folder, file.name));
}
