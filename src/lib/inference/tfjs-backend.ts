import { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import type { TfjsEngine } from "./tfjs-engine.js";

/** tensorflow.js with its backend ready. */
export interface TfjsBackend {
  readonly engine: TfjsEngine;
  /** Why the native addon is in use, or is not, in words: `@tensorflow/tfjs-node is not installed`. */
  readonly nativeReason: string;
  readonly tf: typeof import("@tensorflow/tfjs");
}

type Attempt = { readonly kind: "loaded" | "failed"; readonly reason: string };

const require = createRequire(import.meta.url);
let loading: Promise<TfjsBackend> | undefined;

/** Loads tensorflow.js on its fastest backend that works here; once, however many ask. */
export function loadTfjs(): Promise<TfjsBackend> {
  loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

async function load(): Promise<TfjsBackend> {
  const native = await tryNative();
  const tf: TfjsBackend["tf"] = require("@tensorflow/tfjs");
  if (native.kind === "loaded") return { engine: "tfjs-node", nativeReason: native.reason, tf };

  const wasm: typeof import("@tensorflow/tfjs-backend-wasm") = require("@tensorflow/tfjs-backend-wasm");
  // Named, so that nothing is ever fetched: the .wasm files lie beside the package's code.
  wasm.setWasmPaths(dirname(require.resolve("@tensorflow/tfjs-backend-wasm")) + sep);
  if (await tf.setBackend("wasm")) return { engine: "tfjs-wasm", nativeReason: native.reason, tf };
  await tf.setBackend("cpu");
  return { engine: "tfjs-cpu", nativeReason: native.reason, tf };
}

/**
 * Loads the native addon. It registers itself with the tfjs-core that all of tensorflow.js shares, so nobody
 * needs to hold its exports.
 */
async function tryNative(): Promise<Attempt> {
  const name = "@tensorflow/tfjs-node";
  let manifest: { name: string; version: string };
  try {
    manifest = require(`${name}/package.json`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    return { kind: "failed", reason: `${name} is not installed` };
  }
  // Where its installation failed, an npm override still puts plain tfjs in its place (for danfojs-node); that loads, but is no
  // engine.
  if (manifest.name !== name) {
    return { kind: "failed", reason: `${name} is not installed (only ${manifest.name} under its name)` };
  }
  const release = `${name} ${manifest.version}`;
  // Errors and warnings only: it would begin every command with three lines on the processor's instructions.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "1";
  try {
    await probe(require(name));
  } catch (error) {
    const [line = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    return { kind: "failed", reason: `${release} does not work here: ${line.trim()}` };
  }
  return { kind: "loaded", reason: `${release} loads` };
}

/** Computes something: on Node 23 and later the addon loads, and then fails in every operation. */
async function probe(tf: TfjsBackend["tf"]): Promise<void> {
  if (!(await tf.setBackend("tensorflow"))) throw new Error("its backend does not start");
  const [sum] = tf.tidy(() =>
    tf
      .tensor1d([1, 2])
      .add(tf.tensor1d([2, 3]))
      .sum()
      .dataSync(),
  );
  if (sum !== 8) throw new Error(`it computes 1 + 2 + 2 + 3 = ${sum}`);
}
