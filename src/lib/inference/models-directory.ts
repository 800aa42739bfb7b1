import { join } from "node:path";
import envPaths from "env-paths";

/**
 * The folder for models that were fetched: `$XDG_DATA_HOME/facelab/models` on every platform where that is set,
 * otherwise `facelab/models` in the platform's own place for an application's data.
 */
export function modelsDirectory(): string {
  const xdg = process.env.XDG_DATA_HOME;
  return join(xdg ? join(xdg, "facelab") : envPaths("facelab", { suffix: "" }).data, "models");
}
