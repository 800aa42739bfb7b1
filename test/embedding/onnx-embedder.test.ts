import {
  dlibAligner,
  type EmbedderDescription,
  fivePointAligner,
  InputError,
  type Landmarks5,
  l2Normalize,
  mirrorImage,
  type OnnxEmbedderOptions,
  onnxEmbedder,
  type RgbImage,
} from "facelab";
import { describe, expect, it } from "vitest";
import { largestDifference } from "../support/largest-difference.js";
import { pixelAt } from "../support/synthetic-images.js";
import { noisyChips, type TinyOnnx, tinyOnnx } from "../support/tiny-onnx.js";

const template = [2, 6, 4, 2, 6].map((x, i) => ({ x, y: [2, 2, 4, 6, 6][i]! })) as unknown as Landmarks5;
const aligner = fivePointAligner({ name: "own-8", size: 8, template });
const description: EmbedderDescription = {
  input: { size: 8, layout: "NCHW", colour: "RGB", mean: 127.5, scale: 127.5 },
  alignment: { landmarks: template.map(({ x, y }) => [x, y] as const) },
  normalise: false,
};

async function embedderOf(
  tiny: TinyOnnx,
  input: Partial<EmbedderDescription["input"]> = {},
  options: Partial<OnnxEmbedderOptions & Omit<EmbedderDescription, "input">> = {},
) {
  const { bytes, weigh } = tinyOnnx(tiny);
  const { normalise = false, output, name, ...rest } = options;
  const embedder = await onnxEmbedder({
    file: { path: "models/tiny.onnx", bytes },
    description: { ...description, normalise, output, name, input: { ...description.input, ...input } },
    aligner,
    mirror: false,
    ...rest,
  });
  return { embedder, weigh };
}

/** A chip's values, plane after plane, in an order of the colours. */
function planes(chip: RgbImage, colours: readonly number[], of: (value: number, colour: number) => number) {
  return colours.flatMap((colour) =>
    Array.from({ length: 64 }, (_, i) => of(pixelAt(chip, i % 8, Math.floor(i / 8), colour), colour)),
  );
}

const chips = noisyChips(5);

describe("onnxEmbedder", () => {
  it.each(["NCHW", "NHWC"] as const)("hands chips over in the order %s", async (layout) => {
    const { embedder, weigh } = await embedderOf({ layout }, { layout });
    const made = await embedder.embed(chips);
    expect(made).toHaveLength(5);
    made.forEach((embedding, i) => {
      const expected = weigh(planes(chips[i]!, [0, 1, 2], (value) => (value - 127.5) / 127.5));
      expect(largestDifference(embedding, expected)).toBeLessThan(1e-4);
    });
  });

  it("turns colours round for BGR, each with its own mean and scale", async () => {
    const [mean, scale] = [[10, 20, 30] as const, [2, 4, 8] as const];
    const { embedder, weigh } = await embedderOf({}, { colour: "BGR", mean, scale });
    const [embedding] = await embedder.embed(chips);
    const expected = weigh(planes(chips[0]!, [2, 1, 0], (value, c) => (value - mean[c]!) / scale[c]!));
    expect(largestDifference(embedding!, expected)).toBeLessThan(1e-2);
  });

  it("takes a chip's own mean and deviation, of all its colours, and bears one without contrast", async () => {
    const { embedder, weigh } = await embedderOf({}, { mean: "chip", scale: "chip" });
    const flat: RgbImage = { ...chips[0]!, data: new Uint8Array(192).fill(77) };
    const [embedding, dull] = await embedder.embed([chips[0]!, flat]);
    const values = Array.from(chips[0]!.data);
    const mean = values.reduce((sum, value) => sum + value, 0) / 192;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 192);
    const expected = weigh(planes(chips[0]!, [0, 1, 2], (value) => (value - mean) / deviation));
    expect(largestDifference(embedding!, expected)).toBeLessThan(1e-4);
    expect([...dull!]).toEqual([0, 0, 0, 0]);
  });

  it.each([1, 2, 4, 16])(
    "fills the batches of %d that are fixed in the file, and says no more",
    async (batch) => {
      const { embedder: open } = await embedderOf({});
      const { embedder } = await embedderOf({ batch });
      expect(await embedder.embed(chips)).toEqual(await open.embed(chips));
      expect(await embedder.embed([])).toEqual([]);
    },
  );

  it("says the same one by one, in an open batch", async () => {
    const { embedder } = await embedderOf({});
    const { embedder: single } = await embedderOf({}, {}, { batch: 1 });
    expect(await single.embed(chips)).toEqual(await embedder.embed(chips));
  });

  it("finds the length of the vectors, and normalises where the description says so", async () => {
    const { embedder: plain } = await embedderOf({ dimensions: 512 });
    const { embedder } = await embedderOf({ dimensions: 512 }, {}, { normalise: true });
    expect([plain.dimensions, embedder.dimensions]).toEqual([512, 512]);
    const [vector] = await plain.embed(chips);
    expect(Math.hypot(...vector!)).not.toBeCloseTo(1, 1);
    expect(await embedder.embed(chips)).toEqual((await plain.embed(chips)).map(l2Normalize));
  });

  it("takes the mean with the mirror image, normalised once", async () => {
    const { embedder: plain } = await embedderOf({});
    const { embedder } = await embedderOf({}, {}, { mirror: true, normalise: true });
    const both = await plain.embed([chips[0]!, mirrorImage(chips[0]!)]);
    const mean = both[0]!.map((value, k) => (value + both[1]![k]!) / 2);
    expect((await embedder.embed(chips))[0]).toEqual(l2Normalize(mean));
  });

  it("computes the same in WebAssembly", async () => {
    const { embedder } = await embedderOf({});
    const { embedder: web } = await embedderOf({}, {}, { engine: "onnxruntime-web" });
    expect(web.models[0]?.engine).toBe("onnxruntime-web");
    const [a, b] = [await embedder.embed(chips), await web.embed(chips)];
    for (const [i, vector] of a.entries()) expect(largestDifference(vector, b[i]!)).toBeLessThan(1e-4);
  });

  it("says what it is, and is another one where the description is", async () => {
    const { embedder } = await embedderOf({ batch: 2 });
    expect(embedder).toMatchObject({ name: "tiny", params: { mirror: false, normalise: false } });
    expect(embedder.models[0]).toMatchObject({
      name: "tiny",
      source: "models/tiny.onnx",
      inputs: ["2 x 3 x 8 x 8 (RGB, NCHW)"],
      outputs: ["n x 4"],
    });
    const { embedder: darker } = await embedderOf({ batch: 2 }, { mean: 0 }, { name: "darker" });
    expect(darker.name).toBe("darker");
    expect(darker.models[0]!.sha256).toBe(embedder.models[0]!.sha256);
    expect(darker.models[1]!.sha256).not.toBe(embedder.models[1]!.sha256);
  });

  it("takes the output that is named", async () => {
    const spoil: TinyOnnx["spoil"] = (graph, embedding) => {
      graph.add("Neg", [embedding], {}, "negative");
      graph.output("negative", ["n", 4]);
    };
    const { embedder: plain } = await embedderOf({});
    const { embedder } = await embedderOf({ spoil }, {}, { output: "negative" });
    const [vector] = await plain.embed(chips);
    expect((await embedder.embed(chips))[0]).toEqual(vector!.map((value) => -value));
    await expect(embedderOf({ spoil })).rejects.toThrow(
      "cannot use models/tiny.onnx as an embedder (it has 2 outputs (name one of them as output in the description: embedding, negative))",
    );
    await expect(embedderOf({ spoil }, {}, { output: "fc" })).rejects.toThrow(
      "(it has no output fc (it has embedding, negative))",
    );
  });

  it.each<[string, TinyOnnx, Partial<EmbedderDescription["input"]>, RegExp]>([
    ["another size", { size: 16 }, {}, /its input is n x 3 x 16 x 16, its description says n x 3 x 8 x 8/],
    [
      "another layout",
      { layout: "NHWC" },
      {},
      /its input is n x 8 x 8 x 3, its description says n x 3 x 8 x 8/,
    ],
    ["one number a face", { dimensions: 1 }, {}, /a vector of 1 number is no embedding/],
    ["an operator that nobody knows", { spoil: (graph, x) => void graph.add("Foo", [x]) }, {}, /Foo/],
    [
      "a second input",
      { spoil: (graph) => void graph.input("phase", ["n"]) },
      {},
      /it has 2 inputs \(chips, phase; expected one\)/,
    ],
    ["an aligner of another size", { size: 16 }, { size: 16 }, /aligner own-8 cuts chips of 8 pixels, its/],
  ])("refuses %s", async (_, tiny, input, message) => {
    const error = await embedderOf(tiny, input).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(/^cannot use models\/tiny\.onnx as an embedder \(/);
    expect((error as Error).message).toMatch(message);
  });

  it.each([
    ["no ONNX file", Uint8Array.from([1, 2, 3])],
    ["half of one", tinyOnnx().bytes.subarray(0, 2000)],
  ])("refuses %s", async (_, bytes) => {
    const file = { path: "broken.onnx", bytes };
    await expect(onnxEmbedder({ file, description, aligner })).rejects.toThrow(
      /^cannot use broken\.onnx as an embedder \(/,
    );
  });

  it("refuses chips of another size, and a batch of none", async () => {
    const { embedder } = await embedderOf({});
    await expect(embedder.embed(noisyChips(1, 9))).rejects.toThrow(
      new InputError("chip is 9 x 9 (tiny needs 8 x 8)"),
    );
    await expect(embedderOf({}, {}, { batch: 0 })).rejects.toThrow("invalid batch: 0");
    await expect(embedderOf({}, {}, { aligner: dlibAligner() })).rejects.toThrow("chips of 150 pixels");
  });
});
