import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { decoderVersions } from "../images/decode-image.js";
import { onnxVersions } from "../inference/onnx-session.js";
import { packageVersions } from "./package-versions.js";

/** Whose code decides on detections and embeddings. */
const MODULES = [".", "images", "inference", "detection", "alignment", "embedding", "pipeline"];
/** What face-api computes on; its own version is in its model cards. */
const TENSORFLOW = ["@tensorflow/tfjs", "@tensorflow/tfjs-backend-wasm", "@tensorflow/tfjs-node"];
let known: string | undefined;

/**
 * A sha256 of the compiled code that makes detections and embeddings, and of the versions of the libraries that it calls: what was kept
 * by other code is computed again, without anybody having to remember to raise a number.
 */
export function codeFingerprint(): string {
  known ??= fingerprintOf(MODULES, {
    ...decoderVersions(),
    ...onnxVersions(),
    ...packageVersions(TENSORFLOW),
  });
  return known;
}

/**
 * A sha256 of compiled code.
 * @param modules folders of the library; `.` is what lies beside them.
 * @param others what else the results depend on, as versions of packages.
 */
export function fingerprintOf(
  modules: readonly string[],
  others: Readonly<Record<string, string | number>>,
): string {
  const hash = createHash("sha256");
  for (const module of modules) {
    const folder = new URL(`../${module}/`, import.meta.url);
    for (const name of readdirSync(folder).sort()) {
      if (name.endsWith(".js"))
        hash.update(`${module}/${name}\n`).update(readFileSync(fileURLToPath(new URL(name, folder))));
    }
  }
  return hash.update(JSON.stringify(others)).digest("hex");
}
