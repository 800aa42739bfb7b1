import type { Constant, OnnxGraph } from "../inference/onnx-graph.js";
import { int8Kernel, int32Bias, type Quantization, type QuantizedKernel } from "./quantize.js";

/** A tensor of bytes, and what they stand for. */
export interface Quantized {
  readonly name: string;
  readonly quantization: Quantization;
}

/** A convolution's numbers: its kernel, rounded already or not, and one bias per output channel. */
export interface QuantizedConvolution {
  readonly kernel: Constant | QuantizedKernel;
  readonly bias: ArrayLike<number>;
}

/** Writes operators between DequantizeLinear and QuantizeLinear (QDQ): ONNX Runtime makes one integer operator of the three. */
export interface QdqWriter {
  /** Rounds a tensor of real numbers. */
  quantize(x: string, quantization: Quantization): Quantized;
  /** The real numbers that bytes stand for. */
  dequantize(x: Quantized): string;
  /** Kernel in int8 with a scale per output channel, bias in int32. */
  convolve(
    x: Quantized,
    convolution: QuantizedConvolution,
    attributes: Readonly<Record<string, readonly number[]>>,
    result: Quantization,
  ): Quantized;
  /** An operator on the bytes themselves: one that keeps what each stands for. */
  onBytes(operator: string, x: Quantized, more: readonly string[], attributes?: object): Quantized;
  /** Padding by what stands for 0. @param pads as ONNX' Pad takes them. */
  pad(x: Quantized, pads: readonly number[]): Quantized;
}

/** A {@link QdqWriter} that adds to a graph. */
export function qdqWriter(graph: OnnxGraph): QdqWriter {
  const parameters = ({ scale, zeroPoint }: Quantization): string[] => [
    graph.constant({ dims: [], data: Float32Array.of(scale) }),
    graph.constant({ dims: [], data: Uint8Array.of(zeroPoint) }),
  ];
  /** Constants with one scale per output channel, and 0 for 0. */
  const perChannel = (value: Constant<Int8Array> | Constant<Int32Array>, scales: Float32Array): string => {
    const { length } = scales;
    const zeros = value.data instanceof Int8Array ? new Int8Array(length) : new Int32Array(length);
    const constants = [value, { dims: [length], data: scales }, { dims: [length], data: zeros }];
    return graph.add("DequantizeLinear", constants.map(graph.constant), { axis: 0 });
  };
  const writer: QdqWriter = {
    quantize: (x, quantization) => ({
      name: graph.add("QuantizeLinear", [x, ...parameters(quantization)]),
      quantization,
    }),
    dequantize: ({ name, quantization }) =>
      graph.add("DequantizeLinear", [name, ...parameters(quantization)]),
    convolve(x, { kernel: given, bias }, attributes, result) {
      const { kernel, scales } = "scales" in given ? given : int8Kernel(given);
      const products = scales.map((scale) => scale * x.quantization.scale);
      const input = writer.dequantize(x);
      const weights = perChannel(kernel, scales);
      const added = perChannel({ dims: [scales.length], data: int32Bias(bias, products) }, products);
      const [, , height, width] = kernel.dims as [number, number, number, number];
      const shape = { kernel_shape: [height, width], ...attributes };
      return writer.quantize(graph.add("Conv", [input, weights, added], shape), result);
    },
    onBytes: (operator, { name, quantization }, more, attributes = {}) => ({
      name: graph.add(operator, [name, ...more], { ...attributes }),
      quantization,
    }),
    pad: (x, pads) =>
      writer.onBytes("Pad", x, [
        graph.integers(pads),
        graph.constant({ dims: [], data: Uint8Array.of(x.quantization.zeroPoint) }),
      ]),
  };
  return writer;
}
