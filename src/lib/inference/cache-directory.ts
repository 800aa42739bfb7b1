import { join } from "node:path";
import envPaths from "env-paths";

/**
 * The folder for what can be computed again: `$XDG_CACHE_HOME/facelab` on every platform where that is set,
 * otherwise the platform's own place for caches.
 */
export function cacheDirectory(): string {
  const xdg = process.env.XDG_CACHE_HOME;
  return xdg ? join(xdg, "facelab") : envPaths("facelab", { suffix: "" }).cache;
}
