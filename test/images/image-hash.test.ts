import { alikeBits, createRandom, decodeImage, imageHash, type RgbImage } from "facelab";
import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { sampleNames, samplePath, samplePhoto } from "../support/sample-photos.js";
import { imageOf } from "../support/synthetic-images.js";

function distance(a: string | undefined, b: string | undefined): number {
  const bits = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  return [...bits.toString(2)].filter((bit) => bit === "1").length;
}

/** The hash by its definition: double sums over whole cells. */
function byDefinition({ width, height, data }: RgbImage): string {
  const [cellWidth, cellHeight] = [width / 32, height / 32];
  const grey = (cellX: number, cellY: number): number => {
    let sum = 0;
    for (let y = cellY * cellHeight; y < (cellY + 1) * cellHeight; y++) {
      for (let x = cellX * cellWidth; x < (cellX + 1) * cellWidth; x++) {
        const [red, green, blue] = data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3);
        sum += 0.299 * red! + 0.587 * green! + 0.114 * blue!;
      }
    }
    return sum / (cellWidth * cellHeight);
  };
  const small = Array.from({ length: 1024 }, (_, i) => grey(i % 32, Math.floor(i / 32)));
  const strengths = Array.from({ length: 64 }, (_, i) => {
    const [u, v] = [1 + (i % 8), 1 + Math.floor(i / 8)];
    return small.reduce((sum, value, at) => {
      const [x, y] = [at % 32, Math.floor(at / 32)];
      const angle = (wave: number, place: number): number => (Math.PI * wave * (place + 0.5)) / 32;
      return sum + value * Math.cos(angle(u, x)) * Math.cos(angle(v, y));
    }, 0);
  });
  const sorted = strengths.toSorted((a, b) => a - b);
  const median = (sorted[31]! + sorted[32]!) / 2;
  return strengths
    .reduce((hash, strength) => 2n * hash + (strength > median ? 1n : 0n), 0n)
    .toString(16)
    .padStart(16, "0");
}

describe("imageHash", () => {
  it("is what its definition says, whatever the image's size", () => {
    for (const [width, height] of [
      [32, 32],
      [64, 96],
      [160, 32],
    ] as const) {
      const random = createRandom(width);
      const image = imageOf(width, height, () => random.integer(256));
      expect(imageHash(image)).toBe(byDefinition(image));
    }
  });

  it("cuts pixels where cells do not end with them: an image and its threefold are one", () => {
    const random = createRandom(4);
    for (const [width, height] of [
      [50, 41],
      [7, 5],
      [33, 100],
    ] as const) {
      const small = imageOf(width, height, () => random.integer(256));
      const large = imageOf(
        3 * width,
        3 * height,
        (x, y, colour) => small.data[3 * (Math.floor(y / 3) * width + Math.floor(x / 3)) + colour]!,
      );
      expect(imageHash(large)).toBe(imageHash(small));
    }
  });

  it("is none of a picture in one colour, or of a gradient", () => {
    expect(imageHash(imageOf(40, 40, () => 200))).toBeUndefined();
    expect(imageHash(imageOf(40, 40, (x) => 200 + (x % 2)))).toBeUndefined();
    expect(imageHash(imageOf(64, 64, (x, y) => 2 * x + y))).toBeUndefined();
    expect(imageHash(imageOf(64, 64, (x, y) => (x * y) / 20))).toBeDefined();
    expect(imageHash(imageOf(1, 1, () => 9))).toBeUndefined();
  });

  const variations: Readonly<Record<string, (photo: Sharp, width: number, height: number) => Sharp>> = {
    "made smaller": (photo, width) => photo.resize(Math.round(width / 3)).png(),
    "made larger": (photo, width) => photo.resize(Math.round(1.5 * width)).jpeg(),
    recompressed: (photo) => photo.jpeg({ quality: 30 }),
    darker: (photo) => photo.linear(0.7, 0).jpeg({ quality: 90 }),
    grey: (photo) => photo.greyscale().png(),
    "cut by half a percent": (photo, width, height) => {
      const [left, top] = [Math.round(width / 200), Math.round(height / 200)];
      return photo.extract({ left, top, width: width - 2 * left, height: height - 2 * top }).png();
    },
  };

  it.each(Object.entries(variations))("knows a photo again that is %s", async (_, vary) => {
    for (const name of sampleNames) {
      const photo = await samplePhoto(name);
      const varied = await decodeImage(
        await vary(sharp(samplePath(name)), photo.width, photo.height).toBuffer(),
      );
      expect(distance(imageHash(varied), imageHash(photo)), name).toBeLessThanOrEqual(alikeBits);
    }
  });

  it("tells photos apart", async () => {
    const hashes = await Promise.all(sampleNames.map(async (name) => imageHash(await samplePhoto(name))));
    hashes.forEach((a, i) => {
      for (const b of hashes.slice(0, i)) expect(distance(a, b)).toBeGreaterThan(3 * alikeBits);
    });
  });
});
