import { onnxKernel } from "../inference/kernel-layout.js";
import { type OnnxGraph, onnxGraph } from "../inference/onnx-graph.js";
import type { WeightFile } from "../inference/tfjs-weights.js";

/**
 * The three networks of MTCNN (Zhang et al. 2016) as ONNX graphs. The published weights were trained on images with
 * x and y exchanged (MATLAB is column-major); the kernels are turned here, so that everything else sees plain images.
 * Inputs: RGB planes, (pixel - 127.5) / 128. Outputs: `scores` (two classes, softmax; 1 is "face"), `boxes`
 * (four corrections in box sizes), and for O-Net `landmarks` (five x, then five y, in box sizes).
 */

/** P-Net, fully convolutional: input n x 3 x h x w, outputs n x 2|4 x (h - 12) / 2 + 1 x (w - 12) / 2 + 1. */
export function proposalGraph(weights: WeightFile): Uint8Array {
  const graph = onnxGraph("mtcnn_pnet");
  let x = graph.input("image", ["n", 3, "height", "width"]);
  x = convolution(graph, weights, x, "pnet/conv1", [3, 3, 3, 10], "pnet/prelu1_alpha");
  x = pool(graph, x, 2);
  x = convolution(graph, weights, x, "pnet/conv2", [3, 3, 10, 16], "pnet/prelu2_alpha");
  x = convolution(graph, weights, x, "pnet/conv3", [3, 3, 16, 32], "pnet/prelu3_alpha");
  const scores = convolution(graph, weights, x, "pnet/conv4_1", [1, 1, 32, 2]);
  graph.add("Softmax", [scores], { axis: 1 }, "scores");
  graph.add("Identity", [convolution(graph, weights, x, "pnet/conv4_2", [1, 1, 32, 4])], {}, "boxes");
  graph.output("scores", ["n", 2, "rows", "columns"]);
  graph.output("boxes", ["n", 4, "rows", "columns"]);
  return graph.encode();
}

/** R-Net: input n x 3 x 24 x 24, outputs n x 2 and n x 4. */
export function refineGraph(weights: WeightFile): Uint8Array {
  const graph = onnxGraph("mtcnn_rnet");
  let x = graph.input("image", ["n", 3, 24, 24]);
  x = convolution(graph, weights, x, "rnet/conv1", [3, 3, 3, 28], "rnet/prelu1_alpha");
  x = pool(graph, x, 3);
  x = convolution(graph, weights, x, "rnet/conv2", [3, 3, 28, 48], "rnet/prelu2_alpha");
  x = pool(graph, x, 3);
  x = convolution(graph, weights, x, "rnet/conv3", [2, 2, 48, 64], "rnet/prelu3_alpha");
  x = dense(graph, weights, graph.add("Flatten", [x], { axis: 1 }), "rnet/fc1", 576, 128, 64);
  x = prelu(graph, x, slopes(graph, weights, "rnet/prelu4_alpha", [128]));
  heads(graph, weights, x, "rnet", 128);
  return graph.encode();
}

/** O-Net: input n x 3 x 48 x 48, outputs n x 2, n x 4 and n x 10. */
export function outputGraph(weights: WeightFile): Uint8Array {
  const graph = onnxGraph("mtcnn_onet");
  let x = graph.input("image", ["n", 3, 48, 48]);
  x = convolution(graph, weights, x, "onet/conv1", [3, 3, 3, 32], "onet/prelu1_alpha");
  x = pool(graph, x, 3);
  x = convolution(graph, weights, x, "onet/conv2", [3, 3, 32, 64], "onet/prelu2_alpha");
  x = pool(graph, x, 3);
  x = convolution(graph, weights, x, "onet/conv3", [3, 3, 64, 64], "onet/prelu3_alpha");
  x = pool(graph, x, 2);
  x = convolution(graph, weights, x, "onet/conv4", [2, 2, 64, 128], "onet/prelu4_alpha");
  x = dense(graph, weights, graph.add("Flatten", [x], { axis: 1 }), "onet/fc1", 1152, 256, 128);
  x = prelu(graph, x, slopes(graph, weights, "onet/prelu5_alpha", [256]));
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

function convolution(
  graph: OnnxGraph,
  weights: WeightFile,
  x: string,
  name: string,
  shape: readonly [number, number, number, number],
  alpha?: string,
): string {
  const kernel = graph.constant(onnxKernel(weights.get(`${name}/weights`, shape), { transposed: true }));
  const bias = graph.constant({ dims: [shape[3]], data: weights.get(`${name}/bias`, [shape[3]]).data });
  const out = graph.add("Conv", [x, kernel, bias], { kernel_shape: [shape[0], shape[1]] });
  return alpha ? prelu(graph, out, slopes(graph, weights, alpha, [shape[3], 1, 1])) : out;
}

/**
 * The positive part plus the slope times the negative part, which is PReLU to the bit: of the two one is 0. ONNX Runtime's own PRelu takes
 * so much longer than these four that finding faces at 250 pixels would take a quarter more.
 */
function prelu(graph: OnnxGraph, x: string, slope: string): string {
  const positive = graph.add("Relu", [x]);
  const negative = graph.add("Sub", [x, positive]);
  return graph.add("Add", [positive, graph.add("Mul", [negative, slope])]);
}

function pool(graph: OnnxGraph, x: string, size: number): string {
  return graph.add("MaxPool", [x], { kernel_shape: [size, size], strides: [2, 2], ceil_mode: 1 });
}

function slopes(graph: OnnxGraph, weights: WeightFile, name: string, dims: readonly number[]): string {
  return graph.constant({ dims, data: weights.get(name, [dims[0] as number]).data });
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
