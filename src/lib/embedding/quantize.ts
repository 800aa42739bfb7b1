import type { Constant } from "../inference/onnx-graph.js";

/** How real numbers stand for bytes: value = (byte - zeroPoint) * scale. */
export interface Quantization {
  /** A float32, > 0. */
  readonly scale: number;
  /** The byte that stands for 0. */
  readonly zeroPoint: number;
}

/** A convolution's kernel in 8 bits: value = byte * the scale of its output channel. */
export interface QuantizedKernel {
  readonly kernel: Constant<Int8Array>;
  /** One per output channel. */
  readonly scales: Float32Array;
}

/**
 * Maps an interval to the bytes 0..255, so that 0 is one of them exactly. As ONNX Runtime's `quantize_static` has it for
 * asymmetric uint8 activations; see Jacob et al., CVPR 2018 (arXiv 1712.05877), section 2.1.
 * @param min the least value, @param max the greatest; an interval without 0 is widened to it.
 */
export function uint8Quantization(min: number, max: number): Quantization {
  const [low, high] = [Math.min(min, 0), Math.max(max, 0)];
  const step = (high - low) / 255;
  if (step === 0) return { scale: 1, zeroPoint: 0 };
  return { scale: Math.fround(step), zeroPoint: Math.min(255, Math.max(0, roundHalfEven(-low / step))) };
}

/**
 * A kernel (out x in x height x width) in whole numbers -127..127, with one scale for each output channel and 0 for 0.
 * A channel of nothing but zeros has scale 1.
 */
export function int8Kernel({ dims, data }: Constant): QuantizedKernel {
  const outputs = dims[0] as number;
  const length = data.length / outputs;
  const scales = new Float32Array(outputs);
  const bytes = new Int8Array(data.length);
  for (let out = 0; out < outputs; out++) {
    const channel = data.subarray(out * length, (out + 1) * length);
    const largest = channel.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const scale = Math.fround(largest / 127) || 1;
    scales[out] = scale;
    channel.forEach((value, i) => {
      bytes[out * length + i] = Math.min(127, Math.max(-127, roundHalfEven(Math.fround(value / scale))));
    });
  }
  return { kernel: { dims, data: bytes }, scales };
}

/**
 * A bias in the units of the products that it is added to.
 * @param scales of the products: the input's scale times the kernel's, one per output channel.
 */
export function int32Bias(bias: ArrayLike<number>, scales: Float32Array): Int32Array {
  return Int32Array.from(scales, (scale, out) => {
    const value = roundHalfEven((bias[out] as number) / scale);
    return Math.min(2 ** 31 - 1, Math.max(-(2 ** 31), value));
  });
}

/** To the nearest whole number; a half to the even one, as ONNX' QuantizeLinear rounds. */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const part = value - below;
  if (part !== 0.5) return part < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
