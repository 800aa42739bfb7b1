import { type FloatTensor, type OnnxEngine, onnxSession } from "facelab";
import { describe, expect, it } from "vitest";
import { onnxGraph } from "../../src/lib/dist/inference/onnx-graph.js";
import { largestDifference } from "../support/largest-difference.js";

const engines: OnnxEngine[] = ["onnxruntime-node", "onnxruntime-web"];
const WIDTH = 5;
const HEIGHT = 4;

/** Two convolution kernels of 2 x 2 on one channel, with bias and slopes. */
const kernel = Float32Array.of(1, -2, 0.5, 3, -1, 0.25, 2, -0.5);
const bias = Float32Array.of(0.1, -0.2);
const slopes = Float32Array.of(0.25, -0.5);
/** Added to what the network makes of the (flattened) image. */
const projection = Float32Array.from({ length: 2 * HEIGHT * WIDTH * 3 }, (_, i) => Math.sin(i));

/** Every kind of thing that the writer knows: constants, whole numbers, list and single attributes, open dimensions. */
function graph(): Uint8Array {
  const net = onnxGraph("tiny");
  const image = net.input("image", ["n", 1, HEIGHT, WIDTH]);
  const constants = [
    net.constant({ dims: [2, 1, 2, 2], data: kernel }),
    net.constant({ dims: [2], data: bias }),
  ];
  const convolved = net.add("Conv", [image, ...constants], { kernel_shape: [2, 2], strides: [1, 1] });
  const padded = net.add("Pad", [convolved, net.integers([0, 0, 0, 0, 0, 0, 1, 1])]);
  const bent = net.add("PRelu", [padded, net.constant({ dims: [2, 1, 1], data: slopes })]);
  net.add("Identity", [bent], {}, "features");
  const flat = net.add("Flatten", [bent], { axis: 1 });
  const weights = net.constant({ dims: [2 * HEIGHT * WIDTH, 3], data: projection });
  const logits = net.add("MatMul", [flat, weights]);
  net.add("Softmax", [logits], { axis: 1 }, "probabilities");
  net.output("features", ["n", 2, HEIGHT, WIDTH]);
  net.output("probabilities", ["n", 3]);
  return net.encode();
}

/** The same network, written out. */
function byHand({ dims: [count = 0], data }: FloatTensor) {
  const features: number[] = [];
  const probabilities: number[] = [];
  for (let n = 0; n < count; n++) {
    const start = features.length;
    const pixel = (x: number, y: number) => data[(n * HEIGHT + y) * WIDTH + x]!;
    for (let channel = 0; channel < 2; channel++) {
      const tap = (x: number, y: number) => kernel[channel * 4 + 2 * y + x]!;
      for (let y = 0; y < HEIGHT; y++) {
        for (let x = 0; x < WIDTH; x++) {
          let value = 0;
          if (x < WIDTH - 1 && y < HEIGHT - 1) {
            value = bias[channel]!;
            for (const i of [0, 1]) for (const j of [0, 1]) value += tap(j, i) * pixel(x + j, y + i);
          }
          features.push(value < 0 ? value * slopes[channel]! : value);
        }
      }
    }
    const own = features.slice(start);
    const logits = [0, 1, 2].map((k) =>
      own.reduce((sum, value, i) => sum + value * projection[3 * i + k]!, 0),
    );
    const powers = logits.map((value) => Math.exp(value - Math.max(...logits)));
    probabilities.push(...powers.map((value) => value / powers.reduce((a, b) => a + b)));
  }
  return { features, probabilities };
}

const image = (count: number): FloatTensor => ({
  dims: [count, 1, HEIGHT, WIDTH],
  data: Float32Array.from({ length: count * HEIGHT * WIDTH }, (_, i) => Math.cos(i * i)),
});

describe("onnxGraph", () => {
  it.each(engines)("writes what %s reads and computes", async (engine) => {
    const session = await onnxSession(graph(), { engine });
    expect(session.engine).toBe(engine);
    for (const count of [1, 3]) {
      const { features, probabilities } = await session.run({ image: image(count) });
      const expected = byHand(image(count));
      expect(features?.dims).toEqual([count, 2, HEIGHT, WIDTH]);
      expect(probabilities?.dims).toEqual([count, 3]);
      expect(features?.data).toBeInstanceOf(Float32Array);
      expect(largestDifference(features!.data, expected.features)).toBeLessThan(1e-5);
      expect(largestDifference(probabilities!.data, expected.probabilities)).toBeLessThan(1e-5);
    }
  });

  it("writes the same bytes for the same graph", () => {
    expect(graph()).toEqual(graph());
  });

  it("writes a constant that is a part of a larger buffer", async () => {
    const net = onnxGraph("part");
    const part = Float32Array.of(9, 9, 1, 2, 3, 9).subarray(2, 5);
    net.add("Add", [net.input("x", [3]), net.constant({ dims: [3], data: part })], {}, "y");
    net.output("y", [3]);
    const session = await onnxSession(net.encode());
    const { y } = await session.run({ x: { dims: [3], data: Float32Array.of(10, 20, 30) } });
    expect(Array.from(y!.data)).toEqual([11, 22, 33]);
  });
});
