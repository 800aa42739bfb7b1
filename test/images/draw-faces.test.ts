import { type Box, drawFaces, type FaceMark, type RgbImage } from "facelab";
import { describe, expect, it } from "vitest";
import { placeLabel } from "../../src/lib/dist/images/place-label.js";
import { imageOf, pixelAt } from "../support/synthetic-images.js";

const BLUE = [0x56, 0xb4, 0xe9] as const;
const ORANGE = [0xe6, 0x9f, 0x00] as const;
const BLACK = [0, 0, 0] as const;

const box = (x: number, y: number, width: number, height: number): Box => ({ x, y, width, height });
const mark = (where: Box, style: FaceMark["style"] = "known", name = "Ada"): FaceMark => ({
  box: where,
  name,
  detail: "97 % · 0.41",
  style,
});

/** Every pixel of exactly that colour. */
function pixels(image: RgbImage, [r, g, b]: readonly [number, number, number]): { x: number; y: number }[] {
  const found: { x: number; y: number }[] = [];
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      if (pixelAt(image, x, y, 0) === r && pixelAt(image, x, y, 1) === g && pixelAt(image, x, y, 2) === b) {
        found.push({ x, y });
      }
    }
  }
  return found;
}

/** How many of the points along the middle of a box's left side have a colour near to this one. */
function along(image: RgbImage, where: Box, colour: readonly number[]): number {
  let count = 0;
  for (let y = where.y + 10; y < where.y + where.height - 10; y++) {
    const near = [0, 1, 2, 3, 4, 5, 6].some((dx) =>
      colour.every((value, c) => Math.abs(pixelAt(image, where.x + dx, y, c) - value) < 12),
    );
    if (near) count++;
  }
  return count / (where.height - 20);
}

describe("drawFaces", () => {
  const left = box(100, 150, 120, 160);
  const right = box(480, 150, 120, 160);

  it.each([
    ["bright", 250],
    ["dark", 5],
    ["grey", 128],
  ])(
    "draws a solid blue box for known and a dashed orange one for unknown faces on a %s photo",
    async (_, tone) => {
      const photo = imageOf(800, 500, () => tone);
      const before = photo.data.slice();
      const drawn = await drawFaces(photo, [mark(left), mark(right, "unknown", "unknown")]);
      expect(Buffer.compare(photo.data, before)).toBe(0);
      expect([drawn.width, drawn.height]).toEqual([800, 500]);
      expect(along(drawn, left, BLUE)).toBe(1);
      const dashes = along(drawn, right, ORANGE);
      expect(dashes).toBeGreaterThan(0.4);
      expect(dashes).toBeLessThan(0.8);
      // A plate with black letters for each, outside of the boxes; faces stay as they are.
      expect(pixels(drawn, BLUE).filter(({ y }) => y < left.y).length).toBeGreaterThan(1000);
      expect(pixels(drawn, BLACK).filter(({ y }) => y < left.y).length).toBeGreaterThan(200);
      for (const { x, y } of [left, right]) expect(pixelAt(drawn, x + 60, y + 80, 0)).toBe(tone);
      expect(pixelAt(drawn, 400, 450, 1)).toBe(tone);
    },
  );

  it("enlarges a small photo by a whole factor, and leaves one without faces as it is", async () => {
    const small = imageOf(92, 112, (x, y) => x + y);
    const drawn = await drawFaces(small, [mark(box(20, 30, 50, 60))]);
    expect([drawn.width, drawn.height]).toEqual([92 * 6, 112 * 6]);
    expect(along(drawn, box(120, 180, 300, 360), BLUE)).toBe(1);
    const large = imageOf(700, 20, (x, y) => (x * y) % 256);
    const same = await drawFaces(large, []);
    expect([same.width, same.height, Buffer.compare(same.data, large.data)]).toEqual([700, 20, 0]);
  });

  it("draws landmarks as dots at the middles of their pixels, also outside of the box", async () => {
    const points = [
      { x: 700, y: 500 },
      { x: 100, y: 900 },
    ];
    const drawn = await drawFaces(
      imageOf(1300, 1000, () => 60),
      [{ ...mark(box(600, 400, 200, 200)), points }],
    );
    for (const { x, y } of points) expect([0, 1, 2].map((c) => pixelAt(drawn, x, y, c))).toEqual([...BLUE]);
    expect(pixelAt(drawn, 700, 560, 0)).toBe(60);
  });

  it("draws larger letters and thicker lines in a larger photo", async () => {
    const inked = async (scale: number): Promise<number> => {
      const photo = imageOf(700 * scale, 400 * scale, () => 200);
      const drawn = await drawFaces(photo, [mark(box(200 * scale, 150 * scale, 90 * scale, 120 * scale))]);
      return pixels(drawn, BLUE).length / scale ** 2;
    };
    const [one, two] = [await inked(1), await inked(2)];
    expect(two / one).toBeGreaterThan(0.8);
    expect(two / one).toBeLessThan(1.25);
  });

  it("keeps boxes and labels inside of the photo, wherever the face is", async () => {
    const photo = imageOf(640, 480, () => 90);
    for (const where of [
      box(-30, -40, 100, 120),
      box(600, 440, 100, 120),
      box(-50, 200, 40, 40),
      box(0, 0, 640, 480),
      box(-100, -100, 2000, 2000),
      box(630, 2, 3.5, 2.25),
    ]) {
      const drawn = await drawFaces(photo, [mark(where)]);
      expect([drawn.width, drawn.height]).toEqual([640, 480]);
      // The plate is whole: room for a line of letters.
      const blue = pixels(drawn, BLUE);
      const [xs, ys] = [blue.map(({ x }) => x), blue.map(({ y }) => y)];
      expect(Math.max(...xs) - Math.min(...xs)).toBeGreaterThan(80);
      expect(Math.max(...ys) - Math.min(...ys)).toBeGreaterThan(10);
    }
    expect(
      (
        await drawFaces(
          imageOf(1, 1, () => 0),
          [mark(box(0, 0, 1, 1))],
        )
      ).width,
    ).toBe(10);
    expect(
      (
        await drawFaces(
          imageOf(3, 2000, () => 0),
          [mark(box(0, 5, 3, 3))],
        )
      ).height,
    ).toBe(2000);
  });

  it("takes names in any script, with markup, empty and very long", async () => {
    const photo = imageOf(700, 300, () => 220);
    const names = [
      "Zoë & <b>Søn</b>",
      "明子",
      "محمد",
      "",
      "\u0000\u001b[31m",
      "\u202e",
      "W".repeat(500),
      "a\nb",
    ];
    for (const name of names) {
      const drawn = await drawFaces(photo, [mark(box(300, 120, 80, 100), "known", name)]);
      const plate = pixels(drawn, BLUE).filter(({ y }) => y < 115 || y > 225);
      expect(plate.length, JSON.stringify(name)).toBeGreaterThan(500);
      // At most half of the photo's width, however long the name.
      const xs = plate.map(({ x }) => x);
      expect(Math.max(...xs) - Math.min(...xs)).toBeLessThan(360);
    }
  });
});

describe("placeLabel", () => {
  const picture = { width: 400, height: 300 };
  const size = { width: 100, height: 20 };
  const none = { labels: [], boxes: [] };

  it("puts a label above, below where there is no room above, and into the picture at its borders", () => {
    expect(placeLabel(box(150, 100, 80, 80), size, picture, none)).toEqual(box(140, 80, 100, 20));
    expect(placeLabel(box(150, 5, 80, 80), size, picture, none)).toEqual(box(140, 85, 100, 20));
    expect(placeLabel(box(-20, 100, 40, 80), size, picture, none)).toEqual(box(0, 80, 100, 20));
    expect(placeLabel(box(380, 100, 40, 80), size, picture, none)).toEqual(box(300, 80, 100, 20));
    expect(placeLabel(box(0, 0, 400, 300), size, picture, none)).toEqual(box(150, 0, 100, 20));
  });

  it("evades labels and other faces", () => {
    const face = box(150, 100, 80, 80);
    const above = box(140, 60, 100, 40);
    const below = placeLabel(face, size, picture, { labels: [above], boxes: [] });
    expect(below).toEqual(box(140, 180, 100, 20));
    expect(placeLabel(face, size, picture, { labels: [], boxes: [face, above] })).toEqual(below);
  });
});
