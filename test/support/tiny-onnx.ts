import { createRandom, type RgbImage } from "facelab";
import { type OnnxGraph, onnxGraph } from "../../src/lib/dist/inference/onnx-graph.js";
import { imageOf } from "./synthetic-images.js";

/** What {@link tinyOnnx} writes; by default the smallest PyTorch-like network. */
export interface TinyOnnx {
  readonly size?: number;
  readonly layout?: "NCHW" | "NHWC";
  readonly batch?: number | string;
  readonly dimensions?: number;
  /** Adds to the graph what a test needs wrong. */
  readonly spoil?: (graph: OnnxGraph, embedding: string) => void;
}

/**
 * A network with one layer, as an .onnx file: each number is a weighted sum of the input's values. It sees every pixel of every colour, so
 * whatever is handed over wrongly shows.
 * @returns the file, and what it makes of a chip's values in planes of the colours that it is given.
 */
export function tinyOnnx({
  size = 8,
  layout = "NCHW",
  batch = "n",
  dimensions = 4,
  spoil = () => {},
}: TinyOnnx = {}): { readonly bytes: Uint8Array; readonly weigh: (planes: readonly number[]) => number[] } {
  const random = createRandom(5);
  const values = 3 * size * size;
  const weights = Float32Array.from({ length: values * dimensions }, () => random.uniform() - 0.5);
  const graph = onnxGraph("tiny");
  let x = graph.input("chips", layout === "NCHW" ? [batch, 3, size, size] : [batch, size, size, 3]);
  if (layout === "NHWC") x = graph.add("Transpose", [x], { perm: [0, 3, 1, 2] });
  x = graph.add("Flatten", [x], { axis: 1 });
  graph.add("MatMul", [x, graph.constant({ dims: [values, dimensions], data: weights })], {}, "embedding");
  graph.output("embedding", [batch, dimensions]);
  spoil(graph, "embedding");
  return {
    bytes: graph.encode(),
    weigh: (planes) =>
      Array.from({ length: dimensions }, (_, d) =>
        planes.reduce((sum, value, i) => sum + value * weights[i * dimensions + d]!, 0),
      ),
  };
}

/** Chips of noise. */
export function noisyChips(count: number, size = 8): RgbImage[] {
  const random = createRandom(9);
  return Array.from({ length: count }, () => imageOf(size, size, () => random.integer(256)));
}
