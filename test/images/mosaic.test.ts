import { InputError, mosaic, type RgbImage } from "facelab";
import { describe, expect, test } from "vitest";

const plain = (width: number, height: number, colour: readonly number[]): RgbImage => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => colour[i % 3]!),
});
const red = plain(40, 40, [200, 0, 0]);
const times = (count: number): RgbImage[] => Array.from({ length: count }, () => red);

/** How many pixels are exactly so. */
function count({ data }: RgbImage, [r, g, b]: readonly number[]): number {
  let found = 0;
  for (let i = 0; i < data.length; i += 3)
    if (data[i] === r && data[i + 1] === g && data[i + 2] === b) found++;
  return found;
}

describe("mosaic", () => {
  test("draws every face as a square of the asked size", async () => {
    const { image, leftOut } = await mosaic(
      [
        { label: "Ann", images: times(3) },
        { label: "Bo", images: times(2) },
      ],
      { tile: 32 },
    );
    expect(leftOut).toEqual({ people: 0, photos: 0 });
    expect(image.data.length).toBe(image.width * image.height * 3);
    expect(count(image, [200, 0, 0])).toBe(5 * 32 * 32);
  });

  test("fits other shapes whole", async () => {
    const { image } = await mosaic([{ label: "wide", images: [plain(80, 40, [0, 0, 200])] }], { tile: 32 });
    expect(count(image, [0, 0, 200])).toBe(32 * 16);
  });

  test("says what it left out", async () => {
    const rows = Array.from({ length: 5 }, (_, i) => ({ label: `person ${i}`, images: times(4) }));
    const { image, leftOut } = await mosaic(rows, { tile: 32, maxRows: 2, maxColumns: 3 });
    expect(leftOut).toEqual({ people: 3, photos: 20 - 6 });
    expect(count(image, [200, 0, 0])).toBe(6 * 32 * 32);
  });

  test("takes names in any script, with markup, empty or very long, and rows without faces", async () => {
    const labels = [
      "Zoë & <b>Søn</b>",
      "山田 太郎",
      "Андрей",
      "محمد",
      "",
      "\u0000\u0007",
      "👩‍🔬",
      "\ud800",
      "\u200b",
      "\u202e",
      "x".repeat(500),
    ];
    const { image } = await mosaic(
      [...labels.map((label) => ({ label, images: [red] })), { label: "nobody", images: [] }],
      { tile: 32 },
    );
    expect(image.width).toBeLessThan(250);
    expect(count(image, [200, 0, 0])).toBe(labels.length * 32 * 32);
  });

  test("names are drawn", async () => {
    const withName = await mosaic([{ label: "Ann", images: [red] }]);
    const without = await mosaic([{ label: "", images: [red] }]);
    expect(withName.image.width).toBeGreaterThan(without.image.width);
  });

  test("refuses nothing and sizes below 1", async () => {
    await expect(mosaic([])).rejects.toThrow(InputError);
    await expect(mosaic([{ label: "a", images: [red] }], { maxRows: 0 })).rejects.toThrow(
      "invalid maxRows: 0 (must be an integer >= 1)",
    );
    await expect(mosaic([{ label: "a", images: [red] }], { tile: 3 })).rejects.toThrow("invalid tile: 3");
  });
});
