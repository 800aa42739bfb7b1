import { createRandom } from "facelab";
import { describe, expect, it } from "vitest";
import { proposalGraph, refineGraph } from "../../src/lib/dist/detection/mtcnn-graphs.js";
import { onnxSession } from "../../src/lib/dist/inference/onnx-session.js";
import type { WeightFile } from "../../src/lib/dist/inference/tfjs-weights.js";

/** One picture: channels x height x width. */
type Maps = readonly (readonly (readonly number[])[])[];

/** What the three shortcuts of the graphs depend on. */
const slopeKinds: Readonly<Record<string, (random: () => number) => number>> = {
  "one slope for all channels": () => 0.1,
  "slopes that differ": (random) => 0.3 * random(),
  "slopes of both signs": (random) => random() - 0.5,
};

/** Random weights of any name and shape, the same ones each time. */
function weightFile(slope: (random: () => number) => number): WeightFile {
  const known = new Map<string, Float32Array>();
  const random = createRandom(7);
  return {
    path: "none",
    sha256: "none",
    get(name, shape) {
      const count = shape.reduce((product, size) => product * size, 1);
      let data = known.get(name);
      if (data === undefined) {
        const draw = name.endsWith("alpha")
          ? () => slope(() => random.uniform())
          : () => (random.uniform() - 0.5) * 0.6;
        data = Float32Array.from({ length: count }, draw);
        known.set(name, data);
      }
      return { shape, data };
    },
  };
}

/** Convolution and PReLU by the definition; kernels are (x, y, in, out), since the weights' images have x and y exchanged. */
function convolved(
  maps: Maps,
  weights: WeightFile,
  name: string,
  shape: [number, number, number, number],
  alpha?: string,
): number[][][] {
  const [size, , inputs, outputs] = shape;
  const kernel = weights.get(`${name}/weights`, shape).data;
  const bias = weights.get(`${name}/bias`, [outputs]).data;
  const slopes = alpha === undefined ? undefined : weights.get(alpha, [outputs]).data;
  const rows = maps[0]!.length - size + 1;
  const columns = maps[0]![0]!.length - size + 1;
  return Array.from({ length: outputs }, (_, out) =>
    Array.from({ length: rows }, (_, row) =>
      Array.from({ length: columns }, (_, column) => {
        let sum = bias[out]!;
        for (let channel = 0; channel < inputs; channel++) {
          for (let y = 0; y < size; y++) {
            for (let x = 0; x < size; x++) {
              const weight = kernel[((x * size + y) * inputs + channel) * outputs + out]!;
              sum += weight * maps[channel]![row + y]![column + x]!;
            }
          }
        }
        return sum < 0 && slopes !== undefined ? sum * slopes[out]! : sum;
      }),
    ),
  );
}

/** The largest of each window at every second place; windows may reach over the border. */
function pooled(maps: Maps, size: number): number[][][] {
  const half = (length: number): number => Math.ceil((length - size) / 2) + 1;
  return maps.map((map) =>
    Array.from({ length: half(map.length) }, (_, row) =>
      Array.from({ length: half(map[0]!.length) }, (_, column) =>
        Math.max(
          ...map.slice(2 * row, 2 * row + size).flatMap((line) => line.slice(2 * column, 2 * column + size)),
        ),
      ),
    ),
  );
}

function picture(height: number, width: number): number[][][] {
  const random = createRandom(3);
  return Array.from({ length: 3 }, () =>
    Array.from({ length: height }, () => Array.from({ length: width }, () => random.uniform() * 2 - 1)),
  );
}

async function run(graph: Uint8Array, image: Maps): Promise<Record<string, number[]>> {
  const session = await onnxSession(graph, { threads: 1 });
  const dims = [1, 3, image[0]!.length, image[0]![0]!.length];
  const outputs = await session.run({ image: { dims, data: Float32Array.from(image.flat(2)) } });
  return Object.fromEntries(Object.entries(outputs).map(([name, { data }]) => [name, Array.from(data)]));
}

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  const worst = Math.max(...found.map((value, i) => Math.abs(value - expected[i]!)));
  const largest = Math.max(1, ...expected.map(Math.abs));
  expect(worst / largest).toBeLessThan(2e-6);
}

describe.each(Object.entries(slopeKinds))("MTCNN's graphs with %s", (_, slope) => {
  it("compute P-Net: the difference of the two logits, and the corrections", async () => {
    const weights = weightFile(slope);
    const image = picture(17, 14);
    let maps = pooled(convolved(image, weights, "pnet/conv1", [3, 3, 3, 10], "pnet/prelu1_alpha"), 2);
    maps = convolved(maps, weights, "pnet/conv2", [3, 3, 10, 16], "pnet/prelu2_alpha");
    maps = convolved(maps, weights, "pnet/conv3", [3, 3, 16, 32], "pnet/prelu3_alpha");
    const [no, yes] = convolved(maps, weights, "pnet/conv4_1", [1, 1, 32, 2]).map((map) => map.flat());
    const corrections = convolved(maps, weights, "pnet/conv4_2", [1, 1, 32, 4]);
    const { map } = await run(proposalGraph(weights), image);
    expectClose(map!, [...yes!.map((value, i) => value - no![i]!), ...corrections.flat(2)]);
  });

  it("compute R-Net", async () => {
    const weights = weightFile(slope);
    const image = picture(24, 24);
    let maps = pooled(convolved(image, weights, "rnet/conv1", [3, 3, 3, 28], "rnet/prelu1_alpha"), 3);
    maps = pooled(convolved(maps, weights, "rnet/conv2", [3, 3, 28, 48], "rnet/prelu2_alpha"), 3);
    maps = convolved(maps, weights, "rnet/conv3", [2, 2, 48, 64], "rnet/prelu3_alpha");
    // The dense layer counts (x, y, channel).
    const flat = [0, 1, 2].flatMap((x) => [0, 1, 2].flatMap((y) => maps.map((map) => map[y]![x]!)));
    const dense = (inputs: readonly number[], name: string, outputs: number): number[] => {
      const { data } = weights.get(`${name}/weights`, [inputs.length, outputs]);
      const bias = weights.get(`${name}/bias`, [outputs]).data;
      return Array.from({ length: outputs }, (_, out) =>
        inputs.reduce((sum, value, i) => sum + value * data[i * outputs + out]!, bias[out]!),
      );
    };
    const slopes = weights.get("rnet/prelu4_alpha", [128]).data;
    const hidden = dense(flat, "rnet/fc1", 128).map((value, i) => (value < 0 ? value * slopes[i]! : value));
    const [no, yes] = dense(hidden, "rnet/fc2_1", 2) as [number, number];
    const { scores, boxes } = await run(refineGraph(weights), image);
    const face = 1 / (1 + Math.exp(no - yes));
    expectClose(scores!, [1 - face, face]);
    expectClose(boxes!, dense(hidden, "rnet/fc2_2", 4));
  });
});
