import { createEmbedder, dlibAligner, engines, InputError } from "facelab";
import { describe, expect, it } from "vitest";

const aligner = dlibAligner();

describe("createEmbedder", () => {
  it("knows these engines", () => {
    expect(Object.keys(engines)).toEqual(["onnx", "onnxruntime-node", "onnxruntime-web", "face-api"]);
  });

  it.each([
    [undefined, /^onnxruntime-node$/],
    ["onnx", /^onnxruntime-node$/],
    ["onnxruntime-node", /^onnxruntime-node$/],
    ["onnxruntime-web", /^onnxruntime-web$/],
    ["face-api", /^tfjs-(node|wasm)$/],
  ])("%s: dlib's network, with the aligner it was given", async (engine, computes) => {
    const embedder = await createEmbedder(aligner, { engine });
    expect(embedder).toMatchObject({ name: "dlib", dimensions: 128, params: { mirror: true } });
    expect(embedder.aligner).toBe(aligner);
    expect(embedder.models[0]?.engine).toMatch(computes);
  });

  it.each(["tensorflow", "constructor", ""])("names the engines there are where it is %j", async (engine) => {
    await expect(createEmbedder(aligner, { engine })).rejects.toThrow(
      new InputError(
        `unknown engine: ${engine} (expected onnx, onnxruntime-node, onnxruntime-web, face-api)`,
      ),
    );
  });

  it.each(["onnx", "face-api"])("%s: hands mirror on", async (engine) => {
    expect((await createEmbedder(aligner, { engine, mirror: false })).params).toEqual({ mirror: false });
  });

  it.each(["int4", "", "constructor"])("names the precisions there are where it is %j", async (precision) => {
    await expect(createEmbedder(aligner, { precision })).rejects.toThrow(
      new InputError(`unknown precision: ${precision} (expected fp32, int8)`),
    );
  });

  it("leaves auto to choosePrecision, and refuses int8 where face-api computes", async () => {
    await expect(createEmbedder(aligner, { precision: "auto" })).rejects.toThrow(
      new InputError("unknown precision: auto (choosePrecision decides it; expected fp32, int8)"),
    );
    await expect(createEmbedder(aligner, { engine: "face-api", precision: "int8" })).rejects.toThrow(
      new InputError("invalid precision: int8 (face-api computes fp32 only; take --engine onnx)"),
    );
  });

  it("hands threads on", async () => {
    await expect(createEmbedder(aligner, { threads: 0 })).rejects.toThrow("invalid threads: 0");
  });
});
