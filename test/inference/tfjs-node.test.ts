import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { createRandom, softmaxNetwork } from "facelab";
import { describe, expect } from "vitest";
import { blobs } from "../classifiers/samples.js";
import { runCli } from "../experiments/run-cli.js";
import { largestDifference } from "../support/largest-difference.js";
import { samplePath } from "../support/sample-photos.js";
import { itWithTfjsNode } from "../support/shared.js";
import { environmentWith } from "../support/stand-ins.js";

// The one test file that needs the native addon; .ci/run builds that and runs this again, with the other tests of tensorflow.js.
const itNative = await itWithTfjsNode();

interface Face {
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly score: number;
  readonly landmarks: readonly { readonly x: number; readonly y: number }[];
  readonly embedding: readonly number[];
}

/** The faces that face-api finds in two photos, with their embeddings, in a process of its own. */
async function faces(env: Readonly<Record<string, string>> = {}): Promise<{ engine: string; faces: Face[] }> {
  const code = `
    const { decodeImage, dlibAligner, engineStatuses, facePipeline } = await import(
      ${JSON.stringify(new URL("../../src/lib/dist/index.js", import.meta.url).href)});
    const { detector, embedder } = await facePipeline({ detector: "ssd", engine: "face-api", cache: false });
    const faces = [];
    for (const path of ${JSON.stringify([samplePath("sample1.jpg"), samplePath("sample2.jpg")])}) {
      const image = await decodeImage(path);
      for (const face of await detector.detect(image)) {
        const [embedding] = await embedder.embed([embedder.aligner.align(image, face.landmarks)]);
        faces.push({ ...face, embedding: [...embedding] });
      }
    }
    const { engine } = (await engineStatuses()).tfjs.find(({ inUse }) => inUse);
    console.log(JSON.stringify({ engine, faces }));`;
  const run = promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code], {
    env: { ...process.env, ...env },
  });
  return JSON.parse((await run).stdout);
}

/** How far the two engines may be apart; here they were by 0.0001 pixels, 0.000001 and 0.0001. */
const pixels = 0.01;
const scores = 1e-4;
const embeddings = 1e-3;

const numbersOf = ({ box, landmarks }: Face): number[] => [
  ...[box.x, box.y, box.width, box.height],
  ...landmarks.flatMap(({ x, y }) => [x, y]),
];

describe("the native engine of tensorflow.js", () => {
  itNative("finds and embeds the faces that WebAssembly does", async () => {
    const native = await faces();
    const wasm = await faces(await environmentWith({ "@tensorflow/tfjs-node": null }));
    expect([native.engine, wasm.engine]).toEqual(["tfjs-node", "tfjs-wasm"]);
    expect(native.faces.length).toBeGreaterThan(5);
    expect(native.faces).toHaveLength(wasm.faces.length);
    for (const [i, face] of native.faces.entries()) {
      const other = wasm.faces[i]!;
      expect(largestDifference(numbersOf(face), numbersOf(other))).toBeLessThan(pixels);
      expect(Math.abs(face.score - other.score)).toBeLessThan(scores);
      expect(largestDifference(face.embedding, other.embedding)).toBeLessThan(embeddings);
    }
  });

  itNative("trains the softmax network", async () => {
    const train = blobs({ photos: [10, 10, 10, 10], seed: 1 });
    const model = await softmaxNetwork().fit(train, createRandom(1));
    expect(model.chosen.engine).toBe("tfjs-node");
    expect(model.history.loss.at(-1)).toBeLessThan(model.history.loss[0]! / 4);
    const named = train.map(({ embedding }) => model.predict(embedding));
    expect(named).toEqual(train.map(({ label }) => expect.objectContaining({ kind: "person", label })));
  });

  itNative("is what `facelab info` names as in use", async () => {
    const { code, stdout, stderr } = await runCli(["info"]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^ {2}tfjs-node: +in use \(@tensorflow\/tfjs-node \d+\.\d+\.\d+ loads\)$/m);
    expect(stdout).toMatch(/^ {2}tfjs-wasm: +not in use \(tfjs-node is faster\)$/m);
  });
});
