import { InputError } from "../errors.js";
import { downloadedModels } from "./downloaded-models.js";
import { faceApiModels } from "./face-api-models.js";
import type { ModelEntry } from "./model-entry.js";
import { mtcnnModels } from "./mtcnn-models.js";

export type { ModelEntry } from "./model-entry.js";

/** Every model that facelab can load, whether its files are here or not. */
export const models: readonly ModelEntry[] = [...faceApiModels, ...mtcnnModels, ...downloadedModels];

/**
 * Looks a model up by its name.
 * @throws InputError on a name that is not in {@link models}.
 */
export function modelEntry(name: string): ModelEntry {
  const entry = models.find((model) => model.name === name);
  if (entry !== undefined) return entry;
  throw new InputError(`unknown model: ${name} (expected ${models.map((model) => model.name).join(", ")})`);
}
