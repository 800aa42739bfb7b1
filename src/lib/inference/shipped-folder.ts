import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../errors.js";
import { faceApiModels } from "./face-api-models.js";

/**
 * Where a model that ships has its files: in @vladmandic/face-api, or in facelab itself.
 * @throws InputError where @vladmandic/face-api is not installed.
 */
export function shippedFolder(name: string): string {
  if (!faceApiModels.some((model) => model.name === name)) {
    return fileURLToPath(new URL("../../models/mtcnn/", import.meta.url));
  }
  try {
    const manifest = createRequire(import.meta.url).resolve("@vladmandic/face-api/package.json");
    return join(dirname(manifest), "model");
  } catch (cause) {
    throw new InputError(`${name} is not here (it comes with @vladmandic/face-api; npm ci installs that)`, {
      cause,
    });
  }
}
