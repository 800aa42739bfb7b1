import { onnxKernel } from "../inference/kernel-layout.js";
import type { Constant } from "../inference/onnx-graph.js";
import type { WeightFile } from "../inference/tfjs-weights.js";

/** Width and height of the chips that dlib's network was trained on, in pixels. */
export const DLIB_CHIP_SIZE = 150;
/** Length of dlib's face descriptor. */
export const DLIB_DIMENSIONS = 128;

/** A convolution with its scale layer folded in. */
export interface Convolution {
  /** out x in x height x width. */
  readonly kernel: Constant;
  /** One per output channel. */
  readonly bias: Float64Array;
}

/** What dlib's network is made of; `T` is how the writer of a graph knows a tensor. */
export interface DlibLayers<T> {
  /** 7 x 7 at stride 2 on the chip's pixels, after (pixel - mean) / 256; then ReLU. */
  stem(convolution: Convolution): T;
  /** 3 x 3 at stride 2. */
  maxPool(x: T): T;
  /** 3 x 3: padded by one pixel at stride 1, not at all at stride 2. `relu`: its result is cut off below 0. */
  convolve(x: T, convolution: Convolution, stride: 1 | 2, name: string, relu: boolean): T;
  /** 2 x 2 at stride 2. */
  averagePool(x: T): T;
  /** Rows and columns of zeros at the bottom and right. */
  padSize(x: T, missing: number): T;
  /** Channels of zeros after the others. */
  padChannels(x: T, missing: number): T;
  /** The sum, then ReLU. */
  addAndRelu(main: T, side: T, name: string): T;
  /** The mean over the picture, times the projection (256 x 128). */
  descriptor(x: T, projection: Constant): void;
}

/** The residual blocks between the stem and the descriptor: channels, and how many blocks keep the size. */
const STAGES = [
  { name: "conv64", from: 32, channels: 64, repeats: 3 },
  { name: "conv128", from: 64, channels: 128, repeats: 2 },
  { name: "conv256", from: 128, channels: 256, repeats: 2 },
] as const;

/**
 * Walks through dlib's 29-layer residual network (dlib_face_recognition_resnet_model_v1) and tells `layers` what to write, in the
 * order in which it is computed.
 * @param weights face-api's `face_recognition_model`, dlib's weights rounded to 8 bits.
 */
export function dlibNetwork<T>(layers: DlibLayers<T>, weights: WeightFile): void {
  let size = (DLIB_CHIP_SIZE - 7) / 2 + 1;
  let x = layers.stem(scaledConvolution(weights, "conv32_down", 7, 3, 32));
  x = layers.maxPool(x);
  size = Math.floor((Math.floor(size) - 3) / 2) + 1;
  for (let block = 1; block <= 3; block++) x = residual(layers, weights, x, `conv32_${block}`, 32);
  for (const { name, from, channels, repeats } of STAGES) {
    ({ x, size } = residualDown(layers, weights, x, size, `${name}_down`, from, channels));
    for (let block = 1; block <= repeats; block++)
      x = residual(layers, weights, x, `${name}_${block}`, channels);
  }
  ({ x } = residualDown(layers, weights, x, size, "conv256_down_out", 256, 256));
  layers.descriptor(x, { dims: [256, DLIB_DIMENSIONS], data: weights.get("fc", [256, 128]).data });
}

/** x + conv(relu(conv(x))), at the same size. */
function residual<T>(layers: DlibLayers<T>, weights: WeightFile, x: T, name: string, channels: number): T {
  return layers.addAndRelu(branch(layers, weights, x, name, channels, channels, 1), x, name);
}

/**
 * A block that halves the size: the side branch is an average pool. Where the branches differ, dlib pads with zeros:
 * the main branch at the bottom and right up to the pooled size, the pooled branch with empty channels.
 */
function residualDown<T>(
  layers: DlibLayers<T>,
  weights: WeightFile,
  x: T,
  size: number,
  name: string,
  from: number,
  channels: number,
): { x: T; size: number } {
  let main = branch(layers, weights, x, name, from, channels, 2);
  const mainSize = Math.floor((size - 3) / 2) + 1;
  let side = layers.averagePool(x);
  const sideSize = Math.floor(size / 2);
  if (sideSize > mainSize) main = layers.padSize(main, sideSize - mainSize);
  if (channels > from) side = layers.padChannels(side, channels - from);
  return { x: layers.addAndRelu(main, side, name), size: sideSize };
}

/** conv(relu(conv(x))); the stride is the first one's. */
function branch<T>(
  layers: DlibLayers<T>,
  weights: WeightFile,
  x: T,
  block: string,
  from: number,
  channels: number,
  stride: 1 | 2,
): T {
  const [first, second] = [`${block}/conv1`, `${block}/conv2`];
  const inner = layers.convolve(x, scaledConvolution(weights, first, 3, from, channels), stride, first, true);
  return layers.convolve(inner, scaledConvolution(weights, second, 3, channels, channels), 1, second, false);
}

/** conv -> scale is one convolution: kernel * scale, bias * scale + shift. */
function scaledConvolution(
  weights: WeightFile,
  name: string,
  size: number,
  inputs: number,
  outputs: number,
): Convolution {
  const scale = weights.get(`${name}/scale/weights`, [outputs]).data;
  const shift = weights.get(`${name}/scale/biases`, [outputs]).data;
  const own = weights.get(`${name}/conv/bias`, [outputs]).data;
  const kernel = onnxKernel(weights.get(`${name}/conv/filters`, [size, size, inputs, outputs]), {
    factor: scale,
  });
  const bias = Float64Array.from(own, (value, i) => value * (scale[i] as number) + (shift[i] as number));
  return { kernel, bias };
}

/** The names of the activations that depend on a face: what is rounded to 8 bits needs their ranges. */
export function activationNames(): string[] {
  const blocks = (name: string): string[] => [`${name}/conv1`, `${name}/conv2`, name];
  const repeated = (name: string, count: number): string[] =>
    Array.from({ length: count }, (_, i) => blocks(`${name}_${i + 1}`)).flat();
  return [
    "stem",
    ...repeated("conv32", 3),
    ...STAGES.flatMap(({ name, repeats }) => [...blocks(`${name}_down`), ...repeated(name, repeats)]),
    ...blocks("conv256_down_out"),
  ];
}
