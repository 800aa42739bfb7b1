import type { Constant } from "./onnx-graph.js";
import type { Weight } from "./tfjs-weights.js";

/**
 * Reorders a convolution's kernel from tensorflow.js' layout (height, width, in, out) to ONNX' (out, in, height, width).
 * @param factor per output channel, multiplied in.
 * @param transposed the network was trained on images with x and y exchanged (MTCNN, from column-major MATLAB).
 */
export function onnxKernel(
  weight: Weight,
  { factor, transposed = false }: { factor?: Float32Array; transposed?: boolean } = {},
): Constant {
  const [height, width, inputs, outputs] = weight.shape as [number, number, number, number];
  const data = new Float32Array(weight.data.length);
  let to = 0;
  for (let out = 0; out < outputs; out++) {
    for (let channel = 0; channel < inputs; channel++) {
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const [row, column] = transposed ? [x, y] : [y, x];
          const value = weight.data[((row * width + column) * inputs + channel) * outputs + out] as number;
          data[to++] = value * (factor?.[out] ?? 1);
        }
      }
    }
  }
  return { dims: [outputs, inputs, height, width], data };
}
