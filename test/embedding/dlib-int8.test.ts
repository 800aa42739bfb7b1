import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import {
  createEmbedder,
  dlibAligner,
  dlibRangesPath,
  type Embedding,
  onnxSession,
  type RgbImage,
  readRecogniser,
  saveRecogniser,
  trainRecogniser,
} from "facelab";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { chipBytes } from "../../src/lib/dist/embedding/chip-bytes.js";
import { dlibInt8Graph } from "../../src/lib/dist/embedding/dlib-int8-graph.js";
import { dlibModelFile } from "../../src/lib/dist/embedding/dlib-model-file.js";
import type { Ranges } from "../../src/lib/dist/embedding/dlib-ranges.js";
import { dlibWeights } from "../../src/lib/dist/embedding/dlib-weights.js";
import { integerSaturation } from "../../src/lib/dist/inference/integer-saturation.js";
import { embedderId } from "../../src/lib/dist/recognition/embedder-id.js";
import { largestDifference } from "../support/largest-difference.js";
import { countOperators, type OnnxNode, readOnnx } from "../support/read-onnx.js";
import { sampleChips } from "../support/sample-chips.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const aligner = dlibAligner();
let folder: string;
let chips: RgbImage[];
beforeAll(async () => {
  folder = await temporaryFolder();
  vi.stubEnv("XDG_CACHE_HOME", folder);
  chips = await sampleChips();
});

function cosine(a: Embedding, b: Embedding): number {
  const dot = a.reduce((sum, value, i) => sum + value * b[i]!, 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}

describe("dlib's network in int8", () => {
  it.each(["onnxruntime-node", "onnxruntime-web"])("is near fp32 on the sample faces: %s", async (engine) => {
    const [exact, rounded] = await Promise.all(
      ["fp32", "int8"].map(async (precision) =>
        (await createEmbedder(aligner, { engine, precision })).embed(chips),
      ),
    );
    const similarities = chips.map((_, i) => cosine(exact![i]!, rounded![i]!));
    console.info(`dlib, int8 against fp32, ${engine}: cosine from ${Math.min(...similarities)}`);
    expect(Math.min(...similarities)).toBeGreaterThan(0.998);
    // Near, but rounded: the same numbers would mean that nothing was done in 8 bits.
    expect(Math.max(...similarities)).toBeLessThan(1 - 1e-6);
  });

  it("gives nearly the same whatever the batches are", async () => {
    const embedder = await createEmbedder(aligner, { precision: "int8", mirror: false });
    const all = await embedder.embed(chips.slice(0, 17));
    const one = await Promise.all(chips.slice(0, 17).map(async (chip) => (await embedder.embed([chip]))[0]!));
    expect(Math.min(...all.map((embedding, i) => cosine(embedding, one[i]!)))).toBeGreaterThan(0.99999);
  });

  it("is an embedder of its own, which names its weights and its ranges", async () => {
    const exact = await createEmbedder(aligner, {});
    const rounded = await createEmbedder(aligner, { precision: "int8" });
    expect(rounded).toMatchObject({ name: "dlib-int8", params: { mirror: true, precision: "int8" } });
    expect(exact).toMatchObject({ name: "dlib", params: { mirror: true } });
    const [card, ranges] = rounded.models;
    expect(rounded.models).toHaveLength(2);
    expect(card).toEqual({ ...exact.models[0], name: `${exact.models[0]?.name}, int8` });
    expect(ranges?.source).toBe(dlibRangesPath());
    expect(ranges?.sha256).not.toBe(card?.sha256);
    const other = { ...rounded, models: [card!, { ...ranges!, sha256: "00" }] };
    expect(embedderId(other)).not.toEqual(embedderId(rounded));
  });

  it("is not mixed with fp32: a gallery of one is refused by the other", async () => {
    const samples = chips.slice(0, 4).map((chip, i) => ({ chip, label: i < 2 ? "a" : "b" }));
    const embedders = await Promise.all(
      ["fp32", "int8"].map((precision) => createEmbedder(aligner, { precision })),
    );
    for (const [own, other] of [embedders, embedders.toReversed()] as const) {
      const embeddings = await own!.embed(samples.map(({ chip }) => chip));
      const recogniser = await trainRecogniser(
        samples.map(({ label }, i) => ({ label, embedding: embeddings[i]! })),
        { classifier: "knn", embedder: embedderId(own!) },
      );
      const path = join(folder, `${own!.name}.json`);
      await saveRecogniser(path, recogniser);
      expect((await readRecogniser(path, { embedder: own! })).embedder).toEqual(embedderId(own!));
      await expect(readRecogniser(path, { embedder: other! })).rejects.toThrow(
        `fitted on another embedder: ${own!.name} (expected ${other!.name}; train it again)`,
      );
    }
  });
});

describe("its graph", () => {
  let nodes: readonly OnnxNode[];
  let model: Uint8Array;
  beforeAll(async () => {
    ({ model } = await dlibModelFile("int8"));
    nodes = readOnnx(model);
  });

  it("has the operators of the network, without the ReLUs, and a quarter of the bytes", async () => {
    const { model: exact } = await dlibModelFile();
    const plain = countOperators(readOnnx(exact));
    const counts = countOperators(nodes);
    const { QuantizeLinear: quantized, DequantizeLinear: dequantized, ...others } = counts;
    // Its pixels are bytes to the end.
    const { Relu: cut, Cast: cast, ...kept } = plain;
    expect(cast).toBe(1);
    expect(others).toEqual(kept);
    expect(cut).toBe(29);
    // 29 convolutions, 14 sums and 4 average pools.
    expect(quantized).toBe(29 + 14 + 4);
    expect(dequantized).toBe(29 * 3 + 14 * 2 + 4 + 1);
    expect(model.length).toBeLessThan(exact.length / 3.8);
  });

  it("has every tensor of the trunk in bytes", () => {
    const maker = new Map(nodes.flatMap((node) => node.output.map((name) => [name, node.opType])));
    const bytes = new Set(["QuantizeLinear", "MaxPool", "Pad"]);
    for (const { opType, input, output } of nodes) {
      const makers = input.map((name) => maker.get(name));
      if (["Conv", "Add", "AveragePool"].includes(opType)) {
        expect(makers.every((made) => made === "DequantizeLinear")).toBe(true);
        const users = nodes.filter((node) => node.input.includes(output[0]!));
        expect(users.map((node) => node.opType)).toEqual(["QuantizeLinear"]);
      }
      if (["MaxPool", "Pad"].includes(opType)) expect(bytes.has(makers[0]!)).toBe(true);
    }
  });

  it("cuts off below 0 where the network does, whatever a file of ranges says", async () => {
    const { weights } = await dlibWeights();
    const { ranges } = JSON.parse(await readFile(dlibRangesPath(), "utf8")) as { ranges: Ranges };
    expect(Buffer.compare(dlibInt8Graph(weights, ranges), model)).toBe(0);
    const [, most] = ranges.conv64_1!;
    const changed = dlibInt8Graph(weights, { ...ranges, conv64_1: [-3, most] });
    expect(Buffer.compare(changed, model)).toBe(0);
  });

  it("becomes integer operators in ONNX Runtime, from the pixels to the last pool", async () => {
    const require = createRequire(new URL("../../src/lib/dist/index.js", import.meta.url));
    const runtime = require("onnxruntime-node") as typeof import("onnxruntime-common");
    const path = join(folder, "optimised.onnx");
    await runtime.InferenceSession.create(model, {
      executionProviders: ["cpu"],
      optimizedModelFilePath: path,
      logSeverityLevel: 3,
    });
    const { QLinearConv, QLinearAdd, QLinearAveragePool, ...others } = countOperators(
      readOnnx(await readFile(path)),
    );
    expect([QLinearConv, QLinearAdd, QLinearAveragePool]).toEqual([29, 14, 4]);
    for (const name of ["Conv", "FusedConv", "Add", "Relu", "AveragePool"])
      expect(others[name]).toBeUndefined();
    expect([others.QuantizeLinear, others.DequantizeLinear]).toEqual([undefined, 1]);
  });
});

it.each(["onnxruntime-node", "onnxruntime-web"] as const)(
  "%s computes the same with exactIntegers",
  async (engine) => {
    // Where nothing is cut off, the other way to multiply bytes gives the same whole numbers.
    if (await integerSaturation({ engine })) return;
    const { model } = await dlibModelFile("int8");
    const input = { chips: chipBytes(chips.slice(0, 2)) };
    const [plain, exact] = await Promise.all(
      [false, true].map(async (exactIntegers) =>
        (await onnxSession(model, { engine, exactIntegers })).run(input),
      ),
    );
    expect(largestDifference(exact!.descriptors!.data, plain!.descriptors!.data)).toBeLessThan(1e-5);
  },
);

it.each(["onnxruntime-node", "onnxruntime-web"] as const)(
  "%s says whether bytes are cut off",
  async (engine) => {
    // Either answer is right for some processor; what matters is that it is one, and the same each time.
    const answer = await integerSaturation({ engine });
    expect(typeof answer).toBe("boolean");
    expect(await integerSaturation({ engine })).toBe(answer);
  },
);
