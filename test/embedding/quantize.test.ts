import { readFileSync } from "node:fs";
import { onnxSession } from "facelab";
import { describe, expect, it } from "vitest";
import { type QuantizedConvolution, qdqWriter } from "../../src/lib/dist/embedding/qdq-writer.js";
import {
  int8Kernel,
  int32Bias,
  type Quantization,
  roundHalfEven,
  uint8Quantization,
} from "../../src/lib/dist/embedding/quantize.js";
import { integerSaturation } from "../../src/lib/dist/inference/integer-saturation.js";
import { onnxGraph } from "../../src/lib/dist/inference/onnx-graph.js";

interface Tensor {
  readonly dims: number[];
  readonly values: number[];
}

/** What ONNX Runtime's quantize_static made; see quantize.py beside it. */
const reference = JSON.parse(
  readFileSync(new URL("../reference/embedding/quantize.json", import.meta.url), "utf8"),
) as {
  intervals: { min: number; max: number; scale: number; zeroPoint: number }[];
  kernels: { dims: number[]; values: number[]; scales: number[]; bytes: number[] }[];
  network: {
    constants: Record<"a" | "b" | "bias_a" | "bias_b", Tensor>;
    quantized: Record<string, Tensor>;
    x: number[];
    y: number[];
  };
};

const { constants, quantized, x, y } = reference.network;
const made = (name: string): number[] => quantized[name]!.values;

describe("rounding to 8 bits, against onnxruntime.quantization", () => {
  it.each(reference.intervals)("maps an interval to bytes: %j", ({ min, max, scale, zeroPoint }) => {
    expect(uint8Quantization(min, max)).toEqual({ scale, zeroPoint });
  });

  it("rounds kernels per output channel", () => {
    expect(reference.kernels).toHaveLength(3);
    for (const { dims, values, scales, bytes } of reference.kernels) {
      const ours = int8Kernel({ dims, data: Float32Array.from(values) });
      expect(Array.from(ours.scales)).toEqual(scales);
      expect(Array.from(ours.kernel.data)).toEqual(bytes);
      expect(ours.kernel.dims).toEqual(dims);
    }
  });

  it.each(["a", "b"] as const)("rounds convolution %s of a network as quantize_static does", (name) => {
    const { dims, values } = constants[name];
    const { kernel, scales } = int8Kernel({ dims, data: Float32Array.from(values) });
    expect(Array.from(kernel.data)).toEqual(made(`${name}_quantized`));
    expect(Array.from(scales)).toEqual(made(`${name}_scale`));
    const [input] = made(name === "a" ? "x_scale" : "relu_a_scale");
    const products = scales.map((scale) => scale * input!);
    expect(Array.from(products)).toEqual(made(`bias_${name}_quantized_scale`));
    expect(Array.from(int32Bias(constants[`bias_${name}`].values, products))).toEqual(
      made(`bias_${name}_quantized`),
    );
  });

  it("rounds halves to even, as QuantizeLinear", async () => {
    const values = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 2.49, 2.51, 126.5, -3];
    expect(values.map((value) => roundHalfEven(value) + 0)).toEqual([-2, -2, 0, 0, 2, 2, 2, 3, 126, -3]);
    const graph = onnxGraph("rounding");
    const parameters = (): string[] => [
      graph.constant({ dims: [], data: Float32Array.of(1) }),
      graph.constant({ dims: [], data: Int8Array.of(0) }),
    ];
    const bytes = graph.add("QuantizeLinear", [graph.input("x", [values.length]), ...parameters()]);
    graph.add("DequantizeLinear", [bytes, ...parameters()], {}, "y");
    graph.output("y", [values.length]);
    const session = await onnxSession(graph.encode());
    const { y: theirs } = await session.run({
      x: { dims: [values.length], data: Float32Array.from(values) },
    });
    expect(values.map((value) => roundHalfEven(value) + 0)).toEqual(Array.from(theirs!.data, (v) => v + 0));
  });

  it("keeps a bias within 32 bits", () => {
    expect(Array.from(int32Bias([1, -1, 3], Float32Array.of(1e-12, 1e-12, 2)))).toEqual([
      2147483647, -2147483648, 2,
    ]);
  });
});

describe.each(["onnxruntime-node", "onnxruntime-web"] as const)("a small network on %s", (engine) => {
  it("answers as the one that quantize_static wrote, within one step of its output", async () => {
    const graph = onnxGraph("small");
    const { quantize, dequantize, convolve } = qdqWriter(graph);
    const known = (name: string): Quantization => ({
      scale: made(`${name}_scale`)[0]!,
      zeroPoint: made(`${name}_zero_point`)[0]!,
    });
    const convolution = (name: "a" | "b"): QuantizedConvolution => {
      const { dims, values } = constants[name];
      return { kernel: { dims, data: Float32Array.from(values) }, bias: constants[`bias_${name}`].values };
    };
    const pads = { pads: [1, 1, 1, 1] };
    const input = quantize(graph.input("x", [1, 4, 6, 6]), known("x"));
    // No ReLU: its zero point is 0, so that bytes cannot be below it.
    expect(known("relu_a").zeroPoint).toBe(0);
    const first = convolve(input, convolution("a"), pads, known("relu_a"));
    const second = convolve(first, convolution("b"), pads, known("conv_b"));
    const sum = quantize(graph.add("Add", [dequantize(second), dequantize(input)]), known("y"));
    graph.add("Identity", [dequantize(sum)], {}, "sum");
    graph.output("sum", [1, 4, 6, 6]);
    // A processor that cuts products of bytes off answers otherwise, up to six steps apart.
    const exactIntegers = await integerSaturation({ engine });
    const session = await onnxSession(graph.encode(), { engine, exactIntegers });
    const { sum: ours } = await session.run({ x: { dims: [1, 4, 6, 6], data: Float32Array.from(x) } });
    const { scale } = known("y");
    const steps = y.map((value, i) => Math.abs(value - ours!.data[i]!) / scale);
    expect(ours!.data).toHaveLength(y.length);
    expect(Math.max(...steps)).toBeLessThan(1.01);
    expect(steps.filter((distance) => distance > 0.5).length).toBeLessThan(y.length / 20);
  });
});
