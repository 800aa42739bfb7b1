import { readFileSync } from "node:fs";
import { arch, cpus, platform } from "node:os";
import { inCheckout } from "./paths.js";

/** What a run's numbers and times depend on, besides its settings. */
export function environment(): Record<string, string | number> {
  const { version } = JSON.parse(readFileSync(inCheckout("src/lib/package.json"), "utf8")) as {
    version: string;
  };
  return {
    facelab: version,
    node: process.version,
    platform: `${platform()} ${arch()}`,
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
  };
}
