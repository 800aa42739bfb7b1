import { InputError } from "../errors.js";
import { findModel, loadModelFiles } from "./find-model.js";

/** Whether a model could be loaded, and where it is or why not. */
export type ModelStatus =
  | { readonly kind: "here"; readonly paths: readonly string[] }
  | { readonly kind: "missing" | "wrong"; readonly problem: string };

/**
 * Looks for a model's files and computes their sha256: a file of the right name with other bytes is not the model.
 * @param name a name of the registry.
 * @throws InputError on an unknown name, and where FACELAB_MODELS names a folder that does not exist.
 */
export async function modelStatus(name: string): Promise<ModelStatus> {
  const found = findModel(name);
  try {
    const files = await loadModelFiles(name);
    return { kind: "here", paths: files.map(({ path }) => path) };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { kind: found === undefined ? "missing" : "wrong", problem: error.message };
  }
}
