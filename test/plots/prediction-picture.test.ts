import { InputError, type PredictionCell, predictionPicture, type RgbImage } from "facelab";
import { describe, expect, it } from "vitest";
import { imageOf, pixelAt } from "../support/synthetic-images.js";

const plain = (colour: readonly number[]): RgbImage => imageOf(40, 40, (_x, _y, i) => colour[i]!);
const blue = [20, 40, 200];
const pink = [230, 90, 180];
const green = [0x1a, 0x7f, 0x37];
const red = [0xc0, 0x25, 0x2d];
const words = { title: "Title", footer: "Footer." };
const cell = (changes: Partial<PredictionCell> = {}): PredictionCell => ({
  truth: "Ada",
  predicted: "Ada",
  probability: 0.982,
  correct: true,
  probe: plain(blue),
  nearest: plain(pink),
  nearestLabel: "Ada",
  distance: 0.41,
  ...changes,
});
const cells = (count: number, changes: Partial<PredictionCell> = {}): PredictionCell[] =>
  Array.from({ length: count }, () => cell(changes));

/** Quicker than toEqual, which looks at every pixel by itself. */
const same = (a: RgbImage, b: RgbImage): boolean => Buffer.compare(a.data, b.data) === 0;

/** Columns and rows that hold a colour, from the first to the last, and how many pixels of it there are. */
function where(image: RgbImage, [r, g, b]: readonly number[]) {
  const found: { x: number; y: number }[] = [];
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      if (pixelAt(image, x, y, 0) === r && pixelAt(image, x, y, 1) === g && pixelAt(image, x, y, 2) === b)
        found.push({ x, y });
    }
  }
  const range = (values: number[]): [number, number] => [
    values.reduce((a, v) => Math.min(a, v), Number.POSITIVE_INFINITY),
    values.reduce((a, v) => Math.max(a, v), -1),
  ];
  return { count: found.length, x: range(found.map(({ x }) => x)), y: range(found.map(({ y }) => y)) };
}

describe("predictionPicture", () => {
  it("puts the test face left of the training face, both below the bar", async () => {
    const image = await predictionPicture([cell()], words);
    const [probe, nearest, bar] = [where(image, blue), where(image, pink), where(image, green)];
    expect(probe.count).toBe(300 * 300);
    expect(nearest.count).toBe(300 * 300);
    expect(probe.x[1]).toBeLessThan(nearest.x[0]);
    expect(probe.y).toEqual(nearest.y);
    expect(bar.y[1]).toBeLessThan(probe.y[0]);
    expect(bar.x[0]).toBeLessThan(probe.x[0]);
    expect(bar.x[1]).toBeGreaterThan(nearest.x[1]);
    expect(where(image, red).count).toBe(0);
  });

  it("tells right from wrong by the colour and by the mark", async () => {
    const right = await predictionPicture([cell()], words);
    const wrong = await predictionPicture([cell({ correct: false })], words);
    expect(where(wrong, green).count).toBe(0);
    const bar = where(wrong, red);
    expect(bar.count).toBeGreaterThan(10_000);
    // The mark is at the bar's left end; it is looked at in black and white.
    const mark = (image: RgbImage): string => {
      const bits: boolean[] = [];
      for (let y = bar.y[0]; y <= bar.y[1]; y++)
        for (let x = bar.x[0]; x < bar.x[0] + 60; x++) bits.push(pixelAt(image, x, y, 2) > 200);
      return bits.map(Number).join("");
    };
    expect(mark(right)).toContain("1");
    expect(mark(right)).not.toBe(mark(wrong));
  });

  it.each([
    [1, 1, 1],
    [2, 2, 1],
    [4, 2, 2],
    [9, 3, 3],
    [20, 4, 5],
  ])("lays %i cards out in %i columns and %i rows", async (count, columns, rows) => {
    const image = await predictionPicture(cells(count), words);
    const side = Math.round(150 * (columns === 1 ? 2 : columns === 2 ? 1.5 : 1.25));
    expect(where(image, blue).count).toBe(count * side * side);
    const starts = (along: "x" | "y"): number => {
      const [length, other] = along === "x" ? [image.width, image.height] : [image.height, image.width];
      let edges = 0;
      let before = false;
      for (let i = 0; i < length; i++) {
        let seen = false;
        for (let k = 0; k < other && !seen; k += 5) {
          const [x, y] = along === "x" ? [i, k] : [k, i];
          seen = pixelAt(image, x, y, 0) === blue[0] && pixelAt(image, x, y, 2) === blue[2];
        }
        if (seen && !before) edges++;
        before = seen;
      }
      return edges;
    };
    expect([starts("x"), starts("y")]).toEqual([columns, rows]);
  });

  it("takes names that are empty, long, in any script, or markup", async () => {
    const names = [
      "",
      "x".repeat(400),
      "山田 太郎",
      "محمد",
      "<script>&",
      "\u0000",
      "\u202eevil",
      "a\nb",
      "__proto__",
    ];
    const image = await predictionPicture(
      names.map((name) => cell({ truth: name, predicted: name, nearestLabel: name })),
      words,
    );
    const usual = await predictionPicture(cells(9), words);
    expect(image.width).toBe(usual.width);
    expect(image.height).toBeLessThan(1.3 * usual.height);
    expect(where(image, blue).count).toBe(where(usual, blue).count);
  });

  it("shows the name, the probability, the distance, the title and the footer", async () => {
    const base = await predictionPicture([cell()], words);
    for (const changed of [
      predictionPicture([cell({ truth: "Bo" })], words),
      predictionPicture([cell({ predicted: "Bo" })], words),
      predictionPicture([cell({ predicted: null })], words),
      predictionPicture([cell({ probability: 0.5 })], words),
      predictionPicture([cell({ distance: 0.5 })], words),
      predictionPicture([cell()], { ...words, title: "Other" }),
      predictionPicture([cell()], { ...words, footer: "Other." }),
    ]) {
      expect(same(await changed, base)).toBe(false);
    }
    expect(same(await predictionPicture([cell()], words), base)).toBe(true);
  });

  it("names the nearest person where the answer is unknown", async () => {
    const [one, other] = await Promise.all(
      ["Bo", "Cy"].map((nearestLabel) => predictionPicture([cell({ predicted: null, nearestLabel })], words)),
    );
    expect(same(one!, other!)).toBe(false);
  });

  it("does not let what lies outside of the photo make a face small", async () => {
    const padded = imageOf(60, 60, (x, y, i) => (x >= 20 && y >= 20 ? blue[i]! : 0));
    const image = await predictionPicture([cell({ probe: padded })], words);
    expect(where(image, blue).count).toBe(300 * 300);
  });

  it("needs a prediction", async () => {
    await expect(predictionPicture([], words)).rejects.toThrow(InputError);
  });
});
