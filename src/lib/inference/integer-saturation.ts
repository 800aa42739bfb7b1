import { onnxGraph } from "./onnx-graph.js";
import { type OnnxOptions, onnxSession } from "./onnx-session.js";

/** Channels of the probe: enough for every width of the processors' instructions. */
const CHANNELS = 64;
const known = new Map<string, Promise<boolean>>();

/**
 * Whether this processor's products of uint8 and int8 are cut off at 16 bits. AVX2 without VNNI adds two of them in a signed
 * 16-bit number, and 2 x 255 x 127 does not fit; networks then come out wrong without any error. Asked by a convolution of one pixel.
 */
export function integerSaturation(options: OnnxOptions = {}): Promise<boolean> {
  const key = options.engine ?? "";
  const answer = known.get(key) ?? probe(options);
  known.set(key, answer);
  return answer;
}

async function probe(options: OnnxOptions): Promise<boolean> {
  const session = await onnxSession(probeGraph(), { engine: options.engine, threads: 1 });
  const { y } = await session.run({
    x: { dims: [1, CHANNELS, 1, 1], data: new Float32Array(CHANNELS).fill(255) },
  });
  return y?.data.some((value) => value !== 255) ?? true;
}

/** The mean of the channels, in 8 bits: 255 where all of them are 255. */
function probeGraph(): Uint8Array {
  const graph = onnxGraph("integer_saturation");
  const real = (value: number): string => graph.constant({ dims: [], data: Float32Array.of(value) });
  const zero = graph.constant({ dims: [], data: Uint8Array.of(0) });
  const kernel = new Int8Array(CHANNELS * CHANNELS).fill(127);
  const quantized = graph.add("QuantizeLinear", [graph.input("x", [1, CHANNELS, 1, 1]), real(1), zero]);
  const x = graph.add("DequantizeLinear", [quantized, real(1), zero]);
  const weights = graph.add("DequantizeLinear", [
    graph.constant({ dims: [CHANNELS, CHANNELS, 1, 1], data: kernel }),
    real(1 / (127 * CHANNELS)),
    graph.constant({ dims: [], data: Int8Array.of(0) }),
  ]);
  const out = graph.add("Conv", [x, weights], { kernel_shape: [1, 1] });
  const rounded = graph.add("QuantizeLinear", [out, real(1), zero]);
  graph.add("DequantizeLinear", [rounded, real(1), zero], {}, "y");
  graph.output("y", [1, CHANNELS, 1, 1]);
  return graph.encode();
}
