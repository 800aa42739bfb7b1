import { onnxKernel } from "../inference/kernel-layout.js";
import { type OnnxGraph, onnxGraph } from "../inference/onnx-graph.js";
import type { WeightFile } from "../inference/tfjs-weights.js";

/** Width and height of the chips that dlib's network was trained on, in pixels. */
export const DLIB_CHIP_SIZE = 150;
/** Length of dlib's face descriptor. */
export const DLIB_DIMENSIONS = 128;

/** Mean colour (red, green, blue) that dlib subtracts from every pixel before it divides by 256. */
const MEAN_RGB = [122.782, 117.001, 104.298];
const INPUT_SCALE = 256;

/** The residual blocks between the stem and the descriptor: channels, and how many blocks keep the size. */
const STAGES = [
  { name: "conv64", from: 32, channels: 64, repeats: 3 },
  { name: "conv128", from: 64, channels: 128, repeats: 2 },
  { name: "conv256", from: 128, channels: 256, repeats: 2 },
] as const;

/**
 * Rewrites dlib's 29-layer residual network (dlib_face_recognition_resnet_model_v1) as an ONNX graph.
 * Input `chips`: n x 3 x 150 x 150, RGB 0..255. Output `descriptors`: n x 128.
 * Each scale layer is folded into the convolution before it, the input's mean and scale into the first one.
 * @param weights face-api's `face_recognition_model`, dlib's weights rounded to 8 bits.
 * @returns the bytes of an .onnx file.
 */
export function dlibGraph(weights: WeightFile): Uint8Array {
  const graph = onnxGraph("dlib_face_recognition_resnet_v1");
  let size = (DLIB_CHIP_SIZE - 7) / 2 + 1;
  let x = graph.input("chips", ["n", 3, DLIB_CHIP_SIZE, DLIB_CHIP_SIZE]);
  x = relu(graph, stem(graph, weights, x));
  x = graph.add("MaxPool", [x], { kernel_shape: [3, 3], strides: [2, 2] });
  size = Math.floor((Math.floor(size) - 3) / 2) + 1;
  for (let block = 1; block <= 3; block++) x = residual(graph, weights, x, `conv32_${block}`, 32);
  for (const { name, from, channels, repeats } of STAGES) {
    ({ x, size } = residualDown(graph, weights, x, size, `${name}_down`, from, channels));
    for (let block = 1; block <= repeats; block++)
      x = residual(graph, weights, x, `${name}_${block}`, channels);
  }
  ({ x } = residualDown(graph, weights, x, size, "conv256_down_out", 256, 256));
  x = graph.add("GlobalAveragePool", [x]);
  x = graph.add("Flatten", [x], { axis: 1 });
  const projection = graph.constant({
    dims: [256, DLIB_DIMENSIONS],
    data: weights.get("fc", [256, 128]).data,
  });
  graph.add("MatMul", [x, projection], {}, "descriptors");
  graph.output("descriptors", ["n", DLIB_DIMENSIONS]);
  return graph.encode();
}

/** The first convolution, with (pixel - mean) / 256 folded in: it has no padding, so every tap sees a pixel. */
function stem(graph: OnnxGraph, weights: WeightFile, input: string): string {
  const { kernel, bias } = scaledConvolution(weights, "conv32_down", 7, 3, 32);
  const taps = 49;
  for (let out = 0; out < 32; out++) {
    for (let channel = 0; channel < 3; channel++) {
      for (let tap = 0; tap < taps; tap++) {
        const at = (out * 3 + channel) * taps + tap;
        const value = (kernel.data[at] as number) / INPUT_SCALE;
        kernel.data[at] = value;
        bias[out] = (bias[out] as number) - value * (MEAN_RGB[channel] as number);
      }
    }
  }
  const constants = [graph.constant(kernel), graph.constant({ dims: [32], data: Float32Array.from(bias) })];
  return graph.add("Conv", [input, ...constants], { kernel_shape: [7, 7], strides: [2, 2] });
}

/** x + conv(relu(conv(x))), at the same size. */
function residual(graph: OnnxGraph, weights: WeightFile, x: string, name: string, channels: number): string {
  let out = relu(graph, convolve(graph, weights, x, `${name}/conv1`, channels, channels, 1));
  out = convolve(graph, weights, out, `${name}/conv2`, channels, channels, 1);
  return relu(graph, graph.add("Add", [out, x]));
}

/**
 * A block that halves the size: the side branch is an average pool. Where the branches differ, dlib pads with zeros:
 * the main branch at the bottom and right up to the pooled size, the pooled branch with empty channels.
 */
function residualDown(
  graph: OnnxGraph,
  weights: WeightFile,
  x: string,
  size: number,
  name: string,
  from: number,
  channels: number,
): { x: string; size: number } {
  let main = relu(graph, convolve(graph, weights, x, `${name}/conv1`, from, channels, 2));
  main = convolve(graph, weights, main, `${name}/conv2`, channels, channels, 1);
  const mainSize = Math.floor((size - 3) / 2) + 1;
  let side = graph.add("AveragePool", [x], { kernel_shape: [2, 2], strides: [2, 2] });
  const sideSize = Math.floor(size / 2);
  const missing = sideSize - mainSize;
  if (missing > 0) main = graph.add("Pad", [main, graph.integers([0, 0, 0, 0, 0, 0, missing, missing])]);
  if (channels > from) {
    side = graph.add("Pad", [side, graph.integers([0, 0, 0, 0, 0, channels - from, 0, 0])]);
  }
  return { x: relu(graph, graph.add("Add", [main, side])), size: sideSize };
}

/** A 3 x 3 convolution: padded by one pixel at stride 1, not at all at stride 2. */
function convolve(
  graph: OnnxGraph,
  weights: WeightFile,
  x: string,
  name: string,
  inputs: number,
  outputs: number,
  stride: 1 | 2,
): string {
  const { kernel, bias } = scaledConvolution(weights, name, 3, inputs, outputs);
  const constants = [
    graph.constant(kernel),
    graph.constant({ dims: [outputs], data: Float32Array.from(bias) }),
  ];
  const pads = stride === 1 ? [1, 1, 1, 1] : [0, 0, 0, 0];
  return graph.add("Conv", [x, ...constants], { kernel_shape: [3, 3], strides: [stride, stride], pads });
}

/** conv -> scale is one convolution: kernel * scale, bias * scale + shift. */
function scaledConvolution(weights: WeightFile, name: string, size: number, inputs: number, outputs: number) {
  const scale = weights.get(`${name}/scale/weights`, [outputs]).data;
  const shift = weights.get(`${name}/scale/biases`, [outputs]).data;
  const own = weights.get(`${name}/conv/bias`, [outputs]).data;
  const kernel = onnxKernel(weights.get(`${name}/conv/filters`, [size, size, inputs, outputs]), {
    factor: scale,
  });
  const bias = Float64Array.from(own, (value, i) => value * (scale[i] as number) + (shift[i] as number));
  return { kernel, bias };
}

function relu(graph: OnnxGraph, x: string): string {
  return graph.add("Relu", [x]);
}
