import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRandom } from "facelab";

/** Names and shapes of MTCNN's tensors, as the published weights have them. */
const layers: readonly [string, readonly number[]][] = [
  ...convolution("pnet/conv1", [3, 3, 3, 10], "pnet/prelu1_alpha"),
  ...convolution("pnet/conv2", [3, 3, 10, 16], "pnet/prelu2_alpha"),
  ...convolution("pnet/conv3", [3, 3, 16, 32], "pnet/prelu3_alpha"),
  ...convolution("pnet/conv4_1", [1, 1, 32, 2]),
  ...convolution("pnet/conv4_2", [1, 1, 32, 4]),
  ...convolution("rnet/conv1", [3, 3, 3, 28], "rnet/prelu1_alpha"),
  ...convolution("rnet/conv2", [3, 3, 28, 48], "rnet/prelu2_alpha"),
  ...convolution("rnet/conv3", [2, 2, 48, 64], "rnet/prelu3_alpha"),
  ...convolution("rnet/fc1", [576, 128], "rnet/prelu4_alpha"),
  ...convolution("rnet/fc2_1", [128, 2]),
  ...convolution("rnet/fc2_2", [128, 4]),
  ...convolution("onet/conv1", [3, 3, 3, 32], "onet/prelu1_alpha"),
  ...convolution("onet/conv2", [3, 3, 32, 64], "onet/prelu2_alpha"),
  ...convolution("onet/conv3", [3, 3, 64, 64], "onet/prelu3_alpha"),
  ...convolution("onet/conv4", [2, 2, 64, 128], "onet/prelu4_alpha"),
  ...convolution("onet/fc1", [1152, 256], "onet/prelu5_alpha"),
  ...convolution("onet/fc2_1", [256, 2]),
  ...convolution("onet/fc2_2", [256, 4]),
  ...convolution("onet/fc2_3", [256, 10]),
];

function convolution(name: string, shape: readonly number[], prelu?: string): [string, readonly number[]][] {
  const outputs = [shape.at(-1)!];
  return [
    [`${name}/weights`, shape],
    [`${name}/bias`, outputs],
    ...(prelu === undefined ? [] : [[prelu, outputs] as [string, readonly number[]]]),
  ];
}

export interface SyntheticWeights {
  /** Cuts so many bytes off the shard. */
  readonly cut?: number;
  /** Shapes to write instead of the right ones; undefined leaves the tensor out. */
  readonly shapes?: Readonly<Record<string, readonly number[] | undefined>>;
}

/**
 * Writes weights in the format of MTCNN's that have never seen a face: small random numbers. For tests of everything
 * but the numbers, where the real weights are not at hand.
 * @returns the manifest's path.
 */
export async function writeSyntheticMtcnn(folder: string, options: SyntheticWeights = {}): Promise<string> {
  const random = createRandom(1);
  const tensors = layers
    .map(([name, shape]) => ({
      name,
      shape: name in (options.shapes ?? {}) ? options.shapes?.[name] : shape,
    }))
    .filter((tensor): tensor is { name: string; shape: readonly number[] } => tensor.shape !== undefined);
  const count = tensors.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  const data = Float32Array.from({ length: count }, () => (random.uniform() - 0.5) * 0.1);
  await mkdir(folder, { recursive: true });
  const shard = "mtcnn_model-shard1";
  await writeFile(join(folder, shard), new Uint8Array(data.buffer, 0, data.byteLength - (options.cut ?? 0)));
  const manifest = join(folder, "mtcnn_model-weights_manifest.json");
  const weights = tensors.map((tensor) => ({ ...tensor, dtype: "float32" }));
  await writeFile(manifest, JSON.stringify([{ paths: [shard], weights }]));
  return manifest;
}
