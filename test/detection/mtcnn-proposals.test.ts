import { createRandom, shippedMtcnnWeights } from "facelab";
import { expect, it } from "vitest";
import { proposalGraph } from "../../src/lib/dist/detection/mtcnn-graphs.js";
import { proposeBoxes } from "../../src/lib/dist/detection/mtcnn-proposals.js";
import { averageInto, integralImage } from "../../src/lib/dist/images/integral-image.js";
import { type FloatTensor, onnxSession } from "../../src/lib/dist/inference/onnx-session.js";
import { scratchLender } from "../../src/lib/dist/inference/scratch.js";
import { readTfjsWeights } from "../../src/lib/dist/inference/tfjs-weights.js";
import { imageOf } from "../support/synthetic-images.js";

/** The five planes of maps, one map below the other. */
function stacked(maps: readonly FloatTensor[]): number[] {
  return [0, 1, 2, 3, 4].flatMap((channel) =>
    maps.flatMap(({ data, dims }) => {
      const plane = (dims[2] as number) * (dims[3] as number);
      return [...data.subarray(channel * plane, (channel + 1) * plane)];
    }),
  );
}

// Sizes at which a level has one strip, several, a last one that is thin, and one row less or more.
it.each([
  [300, 200],
  [2000, 100],
  [1000, 246],
  [1000, 247],
  [1000, 248],
  [1000, 249],
  [997, 555],
  [5000, 83],
])(
  "shows P-Net a level of %i x %i in strips whose maps are those of the whole level",
  async (width, height) => {
    const random = createRandom(width + height);
    const photo = imageOf(width, height, (x, y, c) => ((x * 7 + y * 13 + c * 50) % 200) + random.integer(56));
    const net = await onnxSession(proposalGraph(await readTfjsWeights(shippedMtcnnWeights)), { threads: 1 });
    const image = integralImage(photo);
    const maps: FloatTensor[] = [];
    const heights: number[] = [];
    const watched: typeof net = {
      ...net,
      async run(inputs) {
        const outputs = await net.run(inputs);
        heights.push(inputs.image!.dims[2]!);
        maps.push(outputs.map!);
        return outputs;
      },
    };
    await scratchLender().lend((scratch) => proposeBoxes(watched, image, [1], 0.999, scratch));

    const [levelWidth, levelHeight] = [width + 1, height + 1];
    const data = new Float32Array(3 * levelWidth * levelHeight);
    averageInto(image, { left: 0, top: 0, right: width, bottom: height }, levelWidth, levelHeight, data);
    const { map } = await net.run({ image: { dims: [1, 3, levelHeight, levelWidth], data } });
    const [found, expected] = [stacked(maps), stacked([map!])];
    expect(found.length).toBe(expected.length);
    const differences = found.map((value, i) => Math.abs(value - expected[i]!));
    expect(differences.findIndex((difference) => !(difference < 1e-5))).toBe(-1);
    // Large levels are divided, and no strip is much more than what was meant to stay in the cache.
    if (width * height > 200_000) expect(heights.length).toBeGreaterThan(1);
    for (const rows of heights) expect(rows * levelWidth).toBeLessThan(levelWidth * 48 + 2 * 80_000);
  },
);
