import { cpus } from "node:os";
import { fingerprintOf } from "../pipeline/code-fingerprint.js";
import { packageVersions } from "../pipeline/package-versions.js";

/** Whose code decides on what a classifier answers and what is recorded of it; `.` holds the random numbers. */
const MODULES = [".", "inference", "classifiers", "metrics", "evaluation"];
/** The packages that fit. */
const PACKAGES = [
  "@tensorflow/tfjs",
  "@tensorflow/tfjs-backend-wasm",
  "@tensorflow/tfjs-node",
  "ml-knn",
  "ml-matrix",
  "ml-svm",
  "pure-rand",
];
let known: string | undefined;

/**
 * A sha256 of all that every fit depends on: our compiled code, the packages, Node, and the processor, on which the last bits of a sum depend
 * where it is computed by vector instructions, and the times always.
 */
export function fitFingerprint(): string {
  known ??= fingerprintOf(MODULES, {
    ...packageVersions(PACKAGES),
    node: process.version,
    arch: process.arch,
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
  });
  return known;
}
