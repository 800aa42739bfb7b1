import { createRandom } from "facelab";
import { describe, expect, it } from "vitest";
import { blockSums } from "../../src/lib/dist/images/block-sums.js";
import { imageOf, pixelAt } from "../support/synthetic-images.js";

const random = createRandom(3);
const image = imageOf(23, 17, () => random.integer(256));

describe("blockSums", () => {
  it.each([
    ["the whole image", { left: 0, top: 0, right: 23, bottom: 17 }, 1],
    ["blocks that fit", { left: 2, top: 3, right: 20, bottom: 15 }, 3],
    ["blocks that reach out of the region", { left: 1, top: 1, right: 10, bottom: 10 }, 4],
    ["blocks that reach out of the image", { left: 3, top: 2, right: 23, bottom: 17 }, 7],
    ["one block larger than the image", { left: 0, top: 0, right: 23, bottom: 17 }, 40],
  ])("adds the pixels of %s", (_, region, block) => {
    const { width, height, data } = blockSums(image, region, block);
    expect([width, height]).toEqual([
      Math.ceil((region.right - region.left) / block),
      Math.ceil((region.bottom - region.top) / block),
    ]);
    const sums = new Array<number>(width * height * 3).fill(0);
    for (let y = region.top; y < Math.min(17, region.top + height * block); y++) {
      for (let x = region.left; x < Math.min(23, region.left + width * block); x++) {
        const row = Math.floor((y - region.top) / block);
        const column = Math.floor((x - region.left) / block);
        for (const colour of [0, 1, 2]) {
          sums[(row * width + column) * 3 + colour]! += pixelAt(image, x, y, colour);
        }
      }
    }
    expect(Array.from(data)).toEqual(sums);
  });

  it("is empty where the region is", () => {
    const sums = blockSums(image, { left: 5, top: 0, right: 5, bottom: 17 }, 2);
    expect(sums).toEqual({ width: 0, height: 9, data: new Float64Array(0) });
  });
});
