import { FLOAT, type OnnxGraph, onnxGraph } from "../inference/onnx-graph.js";
import type { WeightFile } from "../inference/tfjs-weights.js";
import { INPUT_SCALE, meanColourShare } from "./dlib-input.js";
import {
  type Convolution,
  DLIB_CHIP_SIZE,
  DLIB_DIMENSIONS,
  type DlibLayers,
  dlibNetwork,
} from "./dlib-network.js";

export interface DlibGraphOptions {
  /**
   * Also answer the least and the greatest value of every activation that {@link dlibInt8Graph} rounds: outputs `min NAME` and
   * `max NAME`, each of one number, over all the chips of a run. @default false
   */
  readonly ranges?: boolean;
}

/**
 * Writes dlib's network as an ONNX graph in 32-bit floating point.
 * Input `chips`: n x 150 x 150 x 3 bytes, RGB. Output `descriptors`: n x 128.
 * Each scale layer is folded into the convolution before it, the input's mean and scale into the first one.
 * @param weights face-api's `face_recognition_model`, dlib's weights rounded to 8 bits.
 * @returns the bytes of an .onnx file.
 */
export function dlibGraph(weights: WeightFile, { ranges = false }: DlibGraphOptions = {}): Uint8Array {
  const graph = onnxGraph("dlib_face_recognition_resnet_v1");
  const chips = graph.input("chips", ["n", DLIB_CHIP_SIZE, DLIB_CHIP_SIZE, 3], "uint8");
  const pixels = graph.add("Cast", [graph.add("Transpose", [chips], { perm: [0, 3, 1, 2] })], { to: FLOAT });
  dlibNetwork(floatLayers(graph, pixels, ranges), weights);
  graph.output("descriptors", ["n", DLIB_DIMENSIONS]);
  return graph.encode();
}

function floatLayers(graph: OnnxGraph, pixels: string, ranges: boolean): DlibLayers<string> {
  const convolve = (x: string, { kernel, bias }: Convolution, attributes: object): string => {
    const constants = [
      graph.constant(kernel),
      graph.constant({ dims: [bias.length], data: Float32Array.from(bias) }),
    ];
    const [, , height, width] = kernel.dims as [number, number, number, number];
    return graph.add("Conv", [x, ...constants], { kernel_shape: [height, width], ...attributes });
  };
  const relu = (x: string): string => graph.add("Relu", [x]);
  const observed = (x: string, name: string): string => {
    if (!ranges) return x;
    for (const [operator, what] of [
      ["ReduceMin", "min"],
      ["ReduceMax", "max"],
    ] as const) {
      graph.add(operator, [x], { keepdims: 0 }, `${what} ${name}`);
      graph.output(`${what} ${name}`, []);
    }
    return x;
  };
  return {
    stem: (convolution) =>
      observed(relu(convolve(pixels, overPixels(convolution), { strides: [2, 2] })), "stem"),
    maxPool: (x) => graph.add("MaxPool", [x], { kernel_shape: [3, 3], strides: [2, 2] }),
    convolve(x, convolution, stride, name, cut) {
      const pads = stride === 1 ? [1, 1, 1, 1] : [0, 0, 0, 0];
      const out = convolve(x, convolution, { strides: [stride, stride], pads });
      return observed(cut ? relu(out) : out, name);
    },
    averagePool: (x) => graph.add("AveragePool", [x], { kernel_shape: [2, 2], strides: [2, 2] }),
    padSize: (x, missing) => graph.add("Pad", [x, graph.integers([0, 0, 0, 0, 0, 0, missing, missing])]),
    padChannels: (x, missing) => graph.add("Pad", [x, graph.integers([0, 0, 0, 0, 0, missing, 0, 0])]),
    addAndRelu: (main, side, name) => observed(relu(graph.add("Add", [main, side])), name),
    descriptor(x, projection) {
      const flat = graph.add("Flatten", [graph.add("GlobalAveragePool", [x])], { axis: 1 });
      graph.add("MatMul", [flat, graph.constant(projection)], {}, "descriptors");
    },
  };
}

/** (pixel - mean) / 256 folded into a convolution. */
function overPixels({ kernel, bias }: Convolution): Convolution {
  const data = kernel.data.map((value) => value / INPUT_SCALE);
  const share = meanColourShare(kernel, (at) => (kernel.data[at] as number) / INPUT_SCALE);
  return {
    kernel: { dims: kernel.dims, data },
    bias: bias.map((value, out) => value - (share[out] as number)),
  };
}
