import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { environmentWith } from "../support/stand-ins.js";
import { runCli } from "./run-cli.js";

const require = createRequire(new URL("../../src/lib/dist/index.js", import.meta.url));

/** What `facelab info` says of each engine, by its name, where packages are not what is installed here. */
async function engines(packages: Readonly<Record<string, string | null>>): Promise<Record<string, string>> {
  const { code, stdout, stderr } = await runCli(["info"], { env: await environmentWith(packages) });
  expect(code, stderr).toBe(0);
  const lines = stdout.matchAll(/^ {2}(onnxruntime-\w+|tfjs-\w+): +(\S.*)$/gm);
  return Object.fromEntries([...lines].map(([, engine, verdict]) => [engine!, verdict!]));
}

/** A native backend that computes as the one in JavaScript does. */
const computing = `
  const tf = require(${JSON.stringify(require.resolve("@tensorflow/tfjs"))});
  tf.registerBackend("tensorflow", tf.findBackendFactory("cpu"), 3);
  for (const kernel of tf.getKernelsForBackend("cpu")) tf.registerKernel({ ...kernel, backendName: "tensorflow" });
  module.exports = tf;`;

describe("`facelab info` names the engine in use and why, and of the others why not, where", () => {
  it("both native engines load", async () => {
    expect(await engines({ "@tensorflow/tfjs-node": computing })).toEqual({
      "onnxruntime-node": "in use (it loads)",
      "onnxruntime-web": "not in use (onnxruntime-node is faster)",
      "tfjs-node": "in use (@tensorflow/tfjs-node 1.2.3 loads)",
      "tfjs-wasm": "not in use (tfjs-node is faster)",
      "tfjs-cpu": "not in use (tfjs-node is faster)",
    });
  });

  it("tensorflow.js' addon does not load", async () => {
    const failing = 'throw new Error("libtensorflow.so.2: cannot open shared object file\\nmore");';
    expect(await engines({ "@tensorflow/tfjs-node": failing })).toMatchObject({
      "tfjs-node":
        "not in use (@tensorflow/tfjs-node 1.2.3 does not work here: libtensorflow.so.2: cannot open shared object file;" +
        " Engines in README.md tells how to get it)",
      "tfjs-wasm": "in use (the fastest without tfjs-node)",
      "tfjs-cpu": "not in use (tfjs-wasm is faster)",
    });
  });

  it("no native engine is installed", async () => {
    const found = await engines({ "@tensorflow/tfjs-node": null, "onnxruntime-node": null });
    expect(found["onnxruntime-node"]).toMatch(/^not in use \(.*onnxruntime-node.*; npm ci installs it/);
    expect(found).toMatchObject({
      "onnxruntime-web": "in use (onnxruntime-node does not load)",
      "tfjs-node":
        "not in use (@tensorflow/tfjs-node is not installed; Engines in README.md tells how to get it)",
      "tfjs-wasm": "in use (the fastest without tfjs-node)",
    });
  });
});
