import { onnxKernel } from "../inference/kernel-layout.js";
import { type Constant, type OnnxGraph, onnxGraph } from "../inference/onnx-graph.js";
import type { WeightFile } from "../inference/tfjs-weights.js";

/**
 * The three networks of MTCNN (Zhang et al. 2016) as ONNX graphs. The published weights were trained on images with
 * x and y exchanged (MATLAB is column-major); the kernels are turned here, so that everything else sees plain images.
 * Input: RGB planes, (pixel - 127.5) / 128. Outputs of R- and O-Net: `scores` (two classes, softmax; 1 is "face"), `boxes`
 * (four corrections in box sizes), and for O-Net `landmarks` (five x, then five y, in box sizes).
 */

/**
 * P-Net, fully convolutional: input n x 3 x h x w, output `map`, n x 5 x (h - 12) / 2 + 1 x (w - 12) / 2 + 1: for each cell the logit of
 * "face" (softmax over two classes is the sigmoid of their logits' difference, which is linear, too), and four corrections. Only few cells
 * pass; for the others no exponential is computed.
 */
export function proposalGraph(weights: WeightFile): Uint8Array {
  const graph = onnxGraph("mtcnn_pnet");
  let x = graph.input("image", ["n", 3, "height", "width"]);
  x = convolution(graph, weights, x, "pnet/conv1", [3, 3, 3, 10], {
    alpha: "pnet/prelu1_alpha",
    pool: 2,
    padTo: 16,
  });
  x = convolution(graph, weights, x, "pnet/conv2", [3, 3, 10, 16], {
    alpha: "pnet/prelu2_alpha",
    padFrom: 16,
  });
  x = convolution(graph, weights, x, "pnet/conv3", [3, 3, 16, 32], { alpha: "pnet/prelu3_alpha" });
  graph.add("Conv", [x, ...proposalHead(graph, weights)], { kernel_shape: [1, 1] }, "map");
  graph.output("map", ["n", 5, "rows", "columns"]);
  return graph.encode();
}

/** Both heads of P-Net as one 1 x 1 convolution: the difference of the two logits, then the corrections. */
function proposalHead(graph: OnnxGraph, weights: WeightFile): [string, string] {
  const scores = onnxKernel(weights.get("pnet/conv4_1/weights", [1, 1, 32, 2])).data;
  const scoreBias = weights.get("pnet/conv4_1/bias", [2]).data;
  const boxes = onnxKernel(weights.get("pnet/conv4_2/weights", [1, 1, 32, 4])).data;
  const kernel = new Float32Array(5 * 32);
  for (let i = 0; i < 32; i++) kernel[i] = (scores[32 + i] as number) - (scores[i] as number);
  kernel.set(boxes, 32);
  const bias = new Float32Array(5);
  bias[0] = (scoreBias[1] as number) - (scoreBias[0] as number);
  bias.set(weights.get("pnet/conv4_2/bias", [4]).data, 1);
  return [graph.constant({ dims: [5, 32, 1, 1], data: kernel }), graph.constant({ dims: [5], data: bias })];
}

/** R-Net: input n x 3 x 24 x 24, outputs n x 2 and n x 4. */
export function refineGraph(weights: WeightFile): Uint8Array {
  const graph = onnxGraph("mtcnn_rnet");
  let x = graph.input("image", ["n", 3, 24, 24]);
  x = convolution(graph, weights, x, "rnet/conv1", [3, 3, 3, 28], {
    alpha: "rnet/prelu1_alpha",
    pool: 3,
    padTo: 32,
  });
  x = convolution(graph, weights, x, "rnet/conv2", [3, 3, 28, 48], {
    alpha: "rnet/prelu2_alpha",
    pool: 3,
    padFrom: 32,
  });
  x = convolution(graph, weights, x, "rnet/conv3", [2, 2, 48, 64], { alpha: "rnet/prelu3_alpha" });
  x = dense(graph, weights, graph.add("Flatten", [x], { axis: 1 }), "rnet/fc1", 576, 128, 64);
  x = prelu(graph, x, weights.get("rnet/prelu4_alpha", [128]).data);
  heads(graph, weights, x, "rnet", 128);
  return graph.encode();
}

/** O-Net: input n x 3 x 48 x 48, outputs n x 2, n x 4 and n x 10. */
export function outputGraph(weights: WeightFile): Uint8Array {
  const graph = onnxGraph("mtcnn_onet");
  let x = graph.input("image", ["n", 3, 48, 48]);
  x = convolution(graph, weights, x, "onet/conv1", [3, 3, 3, 32], { alpha: "onet/prelu1_alpha", pool: 3 });
  x = convolution(graph, weights, x, "onet/conv2", [3, 3, 32, 64], { alpha: "onet/prelu2_alpha", pool: 3 });
  x = convolution(graph, weights, x, "onet/conv3", [3, 3, 64, 64], { alpha: "onet/prelu3_alpha", pool: 2 });
  x = convolution(graph, weights, x, "onet/conv4", [2, 2, 64, 128], { alpha: "onet/prelu4_alpha" });
  x = dense(graph, weights, graph.add("Flatten", [x], { axis: 1 }), "onet/fc1", 1152, 256, 128);
  x = prelu(graph, x, weights.get("onet/prelu5_alpha", [256]).data);
  heads(graph, weights, x, "onet", 256);
  graph.add("Identity", [dense(graph, weights, x, "onet/fc2_3", 256, 10)], {}, "landmarks");
  graph.output("landmarks", ["n", 10]);
  return graph.encode();
}

function heads(graph: OnnxGraph, weights: WeightFile, x: string, net: "rnet" | "onet", units: number): void {
  graph.add("Softmax", [dense(graph, weights, x, `${net}/fc2_1`, units, 2)], { axis: 1 }, "scores");
  graph.add("Identity", [dense(graph, weights, x, `${net}/fc2_2`, units, 4)], {}, "boxes");
  graph.output("scores", ["n", 2]);
  graph.output("boxes", ["n", 4]);
}

interface Convolution {
  /** Name of the slopes of the PReLU behind it. */
  readonly alpha: string;
  /** Size of the max-pooling behind that, at every second place. */
  readonly pool?: number;
  /**
   * Channels to fill up to with zeros, on its way out or in. ONNX Runtime computes in blocks of 16 (8 without AVX-512) channels and keeps
   * its blocked layout from one convolution to the next only where all blocks are full.
   */
  readonly padTo?: number;
  readonly padFrom?: number;
}

function convolution(
  graph: OnnxGraph,
  weights: WeightFile,
  x: string,
  name: string,
  shape: readonly [number, number, number, number],
  { alpha, pool: size, padTo = shape[3], padFrom = shape[2] }: Convolution,
): string {
  const kernel = onnxKernel(weights.get(`${name}/weights`, shape), { transposed: true });
  const inputs = [
    graph.constant(padded(kernel, padTo, padFrom)),
    graph.constant({ dims: [padTo], data: filledUp(weights.get(`${name}/bias`, [shape[3]]).data, padTo) }),
  ];
  const out = graph.add("Conv", [x, ...inputs], { kernel_shape: [shape[0], shape[1]] });
  const slopes = filledUp(weights.get(alpha, [shape[3]]).data, padTo);
  if (size === undefined) return prelu(graph, out, slopes, [padTo, 1, 1]);
  // Where no slope is negative, PReLU never changes which value is largest: pooling first gives the same, and leaves a quarter to bend.
  return slopes.every((slope) => slope >= 0)
    ? prelu(graph, pool(graph, out, size), slopes, [padTo, 1, 1])
    : pool(graph, prelu(graph, out, slopes, [padTo, 1, 1]), size);
}

/** A kernel (out x in x height x width) with channels of zeros behind the given ones. */
function padded({ dims, data }: Constant, outputs: number, inputs: number): Constant {
  const [, from, height, width] = dims as [number, number, number, number];
  const area = height * width;
  const values = new Float32Array(outputs * inputs * area);
  for (let out = 0; out < data.length / (from * area); out++) {
    values.set(data.subarray(out * from * area, (out + 1) * from * area), out * inputs * area);
  }
  return { dims: [outputs, inputs, height, width], data: values };
}

/** The values, and their last one repeated: what is multiplied with zeros may be anything, and all alike is fastest. */
function filledUp(values: Float32Array, length: number): Float32Array {
  const filled = new Float32Array(length).fill(values.at(-1) as number);
  filled.set(values);
  return filled;
}

/**
 * PReLU. With one slope for all channels as ONNX' LeakyRelu; otherwise the positive part plus the slope times the negative part, which is
 * PReLU to the bit: of the two one is 0. ONNX Runtime's own PRelu takes so much longer than these four that finding faces at 250 pixels
 * would take a quarter more.
 */
function prelu(
  graph: OnnxGraph,
  x: string,
  slopes: Float32Array,
  dims: readonly number[] = [slopes.length],
): string {
  const slope = slopes[0] as number;
  if (slopes.every((other) => other === slope))
    return graph.add("LeakyRelu", [x], { alpha: { float: slope } });
  const positive = graph.add("Relu", [x]);
  const negative = graph.add("Sub", [x, positive]);
  return graph.add("Add", [positive, graph.add("Mul", [negative, graph.constant({ dims, data: slopes })])]);
}

function pool(graph: OnnxGraph, x: string, size: number): string {
  return graph.add("MaxPool", [x], { kernel_shape: [size, size], strides: [2, 2], ceil_mode: 1 });
}

/**
 * A dense layer.
 * @param channels where the input is a flattened feature map: its channels. The weights count (x, y, channel) with
 *   the channel fastest, ONNX flattens (channel, y, x): the rows are sorted accordingly.
 */
function dense(
  graph: OnnxGraph,
  weights: WeightFile,
  x: string,
  name: string,
  inputs: number,
  outputs: number,
  channels?: number,
): string {
  let { data } = weights.get(`${name}/weights`, [inputs, outputs]);
  if (channels !== undefined) {
    const side = Math.sqrt(inputs / channels);
    const sorted = new Float32Array(data.length);
    for (let channel = 0; channel < channels; channel++) {
      for (let row = 0; row < side; row++) {
        for (let column = 0; column < side; column++) {
          const from = ((column * side + row) * channels + channel) * outputs;
          const to = ((channel * side + row) * side + column) * outputs;
          sorted.set(data.subarray(from, from + outputs), to);
        }
      }
    }
    data = sorted;
  }
  const product = graph.add("MatMul", [x, graph.constant({ dims: [inputs, outputs], data })]);
  const bias = graph.constant({ dims: [outputs], data: weights.get(`${name}/bias`, [outputs]).data });
  return graph.add("Add", [product, bias]);
}
