import { type OnnxGraph, onnxGraph } from "../inference/onnx-graph.js";
import type { WeightFile } from "../inference/tfjs-weights.js";
import { INPUT_SCALE, meanColourShare } from "./dlib-input.js";
import {
  type Convolution,
  DLIB_CHIP_SIZE,
  DLIB_DIMENSIONS,
  type DlibLayers,
  dlibNetwork,
} from "./dlib-network.js";
import type { Ranges } from "./dlib-ranges.js";
import { type Quantized, type QuantizedConvolution, qdqWriter } from "./qdq-writer.js";
import { int8Kernel, type Quantization, uint8Quantization } from "./quantize.js";

/**
 * Writes dlib's network as an ONNX graph that rounds to 8 bits: weights int8, one scale per output channel; activations uint8, one
 * scale each. Every operator stands between DequantizeLinear and QuantizeLinear (QDQ), and ONNX Runtime makes one integer
 * operator of the three; pooling by the maximum and padding work on the bytes themselves. The descriptor's last product is in
 * 32-bit floating point. Input and output are those of `dlibGraph`.
 * @param ranges the least and greatest value of each activation, by the names of {@link dlibNetwork}.
 * @returns the bytes of an .onnx file.
 */
export function dlibInt8Graph(weights: WeightFile, ranges: Ranges): Uint8Array {
  const graph = onnxGraph("dlib_face_recognition_resnet_v1_int8");
  const chips = graph.input("chips", ["n", DLIB_CHIP_SIZE, DLIB_CHIP_SIZE, 3], "uint8");
  dlibNetwork(quantizedLayers(graph, chips, ranges), weights);
  graph.output("descriptors", ["n", DLIB_DIMENSIONS]);
  return graph.encode();
}

function quantizedLayers(graph: OnnxGraph, chips: string, ranges: Ranges): DlibLayers<Quantized> {
  const { quantize, dequantize, convolve, onBytes, pad } = qdqWriter(graph);
  // The byte 0 stands for 0 after a ReLU, and so rounding to bytes cuts off what is below: the ReLU itself is left out.
  const rangeOf = (name: string, relu: boolean): Quantization => {
    const range = ranges[name];
    if (range === undefined) throw new Error(`no range of ${name}`);
    return uint8Quantization(relu ? 0 : range[0], range[1]);
  };
  return {
    stem(convolution) {
      // A pixel is a byte already.
      const name = graph.add("Transpose", [chips], { perm: [0, 3, 1, 2] });
      const pixels = { name, quantization: { scale: 1, zeroPoint: 0 } };
      return convolve(pixels, overPixels(convolution), { strides: [2, 2] }, rangeOf("stem", true));
    },
    maxPool: (x) => onBytes("MaxPool", x, [], { kernel_shape: [3, 3], strides: [2, 2] }),
    convolve(x, convolution, stride, name, relu) {
      const pads = stride === 1 ? [1, 1, 1, 1] : [0, 0, 0, 0];
      return convolve(x, convolution, { strides: [stride, stride], pads }, rangeOf(name, relu));
    },
    averagePool(x) {
      const pooled = graph.add("AveragePool", [dequantize(x)], { kernel_shape: [2, 2], strides: [2, 2] });
      return quantize(pooled, x.quantization);
    },
    padSize: (x, missing) => pad(x, [0, 0, 0, 0, 0, 0, missing, missing]),
    padChannels: (x, missing) => pad(x, [0, 0, 0, 0, 0, missing, 0, 0]),
    addAndRelu: (main, side, name) =>
      quantize(graph.add("Add", [dequantize(main), dequantize(side)]), rangeOf(name, true)),
    descriptor(x, projection) {
      const flat = graph.add("Flatten", [graph.add("GlobalAveragePool", [dequantize(x)])], { axis: 1 });
      graph.add("MatMul", [flat, graph.constant(projection)], {}, "descriptors");
    },
  };
}

/**
 * (pixel - mean) / 256 folded into a convolution. The mean is taken off as the rounded kernel sees it, so that rounding does not
 * shift the colours.
 */
function overPixels({ kernel: { dims, data }, bias }: Convolution): QuantizedConvolution {
  const rounded = int8Kernel({ dims, data: data.map((value) => value / INPUT_SCALE) });
  const taps = data.length / rounded.scales.length;
  const share = meanColourShare(
    rounded.kernel,
    (at) => (rounded.kernel.data[at] as number) * (rounded.scales[Math.floor(at / taps)] as number),
  );
  return { kernel: rounded, bias: bias.map((value, out) => value - (share[out] as number)) };
}
