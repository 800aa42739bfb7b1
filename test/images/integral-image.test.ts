import { createRandom, type RgbImage } from "facelab";
import { describe, expect, it } from "vitest";
import { averageInto, integralImage, type PixelRegion } from "../../src/lib/dist/images/integral-image.js";
import { largestDifference } from "../support/largest-difference.js";
import { imageOf, pixelAt } from "../support/synthetic-images.js";

const random = createRandom(11);
const image = imageOf(37, 29, () => random.integer(256));

/** The mean of cells by adding their pixels up, as torch's adaptive average pooling does; outside is black. */
function bruteForce(photo: RgbImage, region: PixelRegion, outWidth: number, outHeight: number): Float32Array {
  const out = new Float32Array(3 * outWidth * outHeight);
  const [width, height] = [region.right - region.left, region.bottom - region.top];
  for (let colour = 0; colour < 3; colour++) {
    for (let row = 0; row < outHeight; row++) {
      for (let column = 0; column < outWidth; column++) {
        let sum = 0;
        let count = 0;
        for (
          let y = Math.floor((row * height) / outHeight);
          y < Math.ceil(((row + 1) * height) / outHeight);
          y++
        ) {
          for (
            let x = Math.floor((column * width) / outWidth);
            x < Math.ceil(((column + 1) * width) / outWidth);
            x++
          ) {
            const [px, py] = [region.left + x, region.top + y];
            const inside = px >= 0 && py >= 0 && px < photo.width && py < photo.height;
            sum += inside ? pixelAt(photo, px, py, colour) : 0;
            count++;
          }
        }
        out[(colour * outHeight + row) * outWidth + column] = (sum / count - 127.5) / 128;
      }
    }
  }
  return out;
}

function average(photo: RgbImage, region: PixelRegion, outWidth: number, outHeight: number): Float32Array {
  const out = new Float32Array(3 * outWidth * outHeight);
  averageInto(integralImage(photo), region, outWidth, outHeight, out);
  return out;
}

describe("integralImage", () => {
  it("holds the sums of all pixels above and to the left", () => {
    const { width, height, sums } = integralImage(image);
    expect([width, height, sums.length]).toEqual([37, 29, 38 * 30 * 3]);
    for (const [right, bottom] of [
      [0, 0],
      [37, 0],
      [0, 29],
      [1, 1],
      [20, 7],
      [37, 29],
    ] as const) {
      for (const colour of [0, 1, 2]) {
        let sum = 0;
        for (let y = 0; y < bottom; y++) for (let x = 0; x < right; x++) sum += pixelAt(image, x, y, colour);
        expect(sums[(bottom * 38 + right) * 3 + colour]).toBe(sum);
      }
    }
  });

  it("makes the same table in memory that holds something else", () => {
    const used = new Uint32Array(10_000).fill(0xdeadbeef);
    expect(integralImage(image, (length) => used.subarray(0, length))).toEqual(integralImage(image));
  });
});

describe("averageInto", () => {
  const whole = { left: 0, top: 0, right: 37, bottom: 29 };

  it.each<[string, PixelRegion, number, number]>([
    ["as it is", whole, 37, 29],
    ["smaller, by no whole number", whole, 10, 9],
    ["to one pixel", whole, 1, 1],
    ["larger", whole, 60, 31],
    ["narrower and higher", whole, 5, 64],
    ["a part", { left: 5, top: 7, right: 30, bottom: 19 }, 12, 12],
    ["a small part, made larger", { left: 5, top: 7, right: 8, bottom: 10 }, 24, 24],
    ["over the upper left corner", { left: -11, top: -3, right: 20, bottom: 15 }, 12, 12],
    ["over the lower right corner", { left: 20, top: 18, right: 61, bottom: 40 }, 9, 9],
    ["all around", { left: -9, top: -8, right: 50, bottom: 41 }, 24, 24],
    ["wholly outside", { left: 40, top: 0, right: 50, bottom: 10 }, 4, 4],
  ])("is the mean of each cell's pixels: %s", (_, region, outWidth, outHeight) => {
    const expected = bruteForce(image, region, outWidth, outHeight);
    expect(largestDifference(average(image, region, outWidth, outHeight), expected)).toBeLessThan(1e-6);
  });

  it("equals brute force on random regions", () => {
    for (let i = 0; i < 200; i++) {
      const [left, top] = [random.integer(60) - 15, random.integer(50) - 15];
      const region = {
        left,
        top,
        right: left + 1 + random.integer(40),
        bottom: top + 1 + random.integer(40),
      };
      const [width, height] = [1 + random.integer(30), 1 + random.integer(30)];
      const difference = largestDifference(
        average(image, region, width, height),
        bruteForce(image, region, width, height),
      );
      expect(difference, JSON.stringify({ region, width, height })).toBeLessThan(1e-6);
    }
  });

  it("writes at its offset and nowhere else", () => {
    const out = new Float32Array(3 * 4 + 10).fill(9);
    averageInto(integralImage(image), whole, 2, 2, out, 5);
    expect([...out.subarray(0, 5), ...out.subarray(17)]).toEqual(Array(10).fill(9));
    expect(largestDifference(out.subarray(5, 17), bruteForce(image, whole, 2, 2))).toBeLessThan(1e-6);
  });

  it("is right where the sums have wrapped around at 2^32", () => {
    const side = 4200;
    const data = new Uint8Array(side * side * 3).fill(255);
    // A black square of 10 x 10 in the corner where all of the sums have wrapped.
    for (let y = side - 10; y < side; y++) data.fill(0, (y * side + side - 10) * 3, (y + 1) * side * 3);
    const table = integralImage({ width: side, height: side, data });
    const total = 255 * (side * side - 100);
    expect(total).toBeGreaterThan(2 ** 32);
    expect(table.sums.at(-1)).toBe(total - 2 ** 32);
    const mean = (left: number, top: number, size: number): number => {
      const out = new Float32Array(3);
      averageInto(table, { left, top, right: left + size, bottom: top + size }, 1, 1, out);
      return out[1]! * 128 + 127.5;
    };
    expect(mean(side - 10, side - 10, 10)).toBeCloseTo(0, 4);
    expect(mean(side - 20, side - 20, 20)).toBeCloseTo(255 * 0.75, 3);
    expect(mean(side - 30, side - 30, 10)).toBeCloseTo(255, 4);
    expect(mean(0, 0, 4000)).toBeCloseTo(255, 3);
    // Four cells of a quarter of the image each: only the last one is a little darker.
    const quarters = new Float32Array(12);
    averageInto(table, { left: 0, top: 0, right: side, bottom: side }, 2, 2, quarters);
    expect(quarters[0]).toBeCloseTo(127.5 / 128, 5);
    expect(quarters[3]! * 128 + 127.5).toBeCloseTo(255 * (1 - 100 / 2100 ** 2), 3);
  });
});
