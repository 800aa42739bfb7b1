import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { loadFaceApi } from "../../src/lib/dist/inference/face-api.js";
import { paddedSquare, thinnedPart } from "../../src/lib/dist/inference/padded-square.js";
import { imageOf } from "../support/synthetic-images.js";

const require = createRequire(new URL("../../src/lib/dist/index.js", import.meta.url));

describe("paddedSquare", () => {
  // Larger and smaller than the square, upright and not, and lines.
  it.each([
    [900, 700],
    [613, 1201],
    [100, 37],
    [512, 512],
    [1, 1500],
    [1500, 1],
    [1, 1],
  ])("of %i x %i pixels is what tensorflow.js makes of the padded photo", async (width, height) => {
    await loadFaceApi(); // chooses the backend
    const {
      tf,
    }: typeof import("@vladmandic/face-api") = require("@vladmandic/face-api/dist/face-api.node-wasm.js");
    const image = imageOf(
      width,
      height,
      (x, y, colour) => (x * 7 + y * 13 + colour * 50 + ((x * y) % 31)) % 256,
    );
    const expected = tf.tidy(() => {
      const photo = tf.tensor3d(Float32Array.from(image.data), [height, width, 3]);
      const side = Math.max(width, height);
      const padded = tf.pad(photo, [
        [0, side - height],
        [0, side - width],
        [0, 0],
      ]);
      return tf.image.resizeBilinear(padded, [512, 512]).dataSync();
    });
    const square = paddedSquare(image, 512);
    expect(square.length).toBe(expected.length);
    let largest = 0;
    for (const [i, value] of square.entries()) largest = Math.max(largest, Math.abs(value - expected[i]!));
    // The two round the place of a sample otherwise in its last bit; a value is 0..255.
    expect(largest).toBeLessThan(0.02);
  });
});

describe("thinnedPart", () => {
  const image = imageOf(10, 8, (x, y) => 10 * y + x);
  const reds = (step: number): number[] => {
    const { data } = thinnedPart(image, { x: 2, y: 1, width: 5, height: 4 }, step);
    return [...data].filter((_, i) => i % 3 === 0);
  };
  it("keeps every pixel, or every second one", () => {
    expect(reds(1)).toEqual([12, 13, 14, 15, 16, 22, 23, 24, 25, 26, 32, 33, 34, 35, 36, 42, 43, 44, 45, 46]);
    expect(reds(2)).toEqual([12, 14, 16, 32, 34, 36]);
  });
});
