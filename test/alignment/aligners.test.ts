import { readFile } from "node:fs/promises";
import {
  type Aligner,
  dlibAligner,
  fivePointAligner,
  InputError,
  type Landmarks5,
  type Point,
} from "facelab";
import { describe, expect, it } from "vitest";
import { imageOf, pixelAt } from "../support/synthetic-images.js";

const file = new URL("../reference/alignment/similarity.json", import.meta.url);
const reference: { dlibTemplate: [number, number][] } = JSON.parse(await readFile(file, "utf8"));
const dlibTemplate = five(reference.dlibTemplate.map(([x, y]) => ({ x, y })));

function five(points: readonly Point[]): Landmarks5 {
  expect(points).toHaveLength(5);
  return points as unknown as Landmarks5;
}

/** Red rises to the right, green downwards, blue along the diagonal: a pixel's colour says where it is from. */
const gradient = imageOf(400, 300, (x, y, colour) => [x * 0.6, y * 0.8, 40 + x * 0.3 + y * 0.3][colour]!);
const colourAt = ({ x, y }: Point) => [x * 0.6, y * 0.8, 40 + x * 0.3 + y * 0.3];

/** From the chip to the photo: turned by 20 degrees, 0.9 photo pixels for each chip pixel, all inside of the photo. */
const turn = { cos: Math.cos((20 * Math.PI) / 180), sin: Math.sin((20 * Math.PI) / 180) };
const toPhoto = ({ x, y }: Point): Point => ({
  x: 150 + 0.9 * (turn.cos * x - turn.sin * y),
  y: 60 + 0.9 * (turn.sin * x + turn.cos * y),
});

/** Largest difference in colour between the chip and what the photo's gradient is at the place that each pixel shows. */
function largestError(aligner: Aligner, landmarks: Landmarks5, place: (chip: Point) => Point): number {
  const chip = aligner.align(gradient, landmarks);
  expect([chip.width, chip.height]).toEqual([aligner.size, aligner.size]);
  let largest = 0;
  for (let y = 0; y < chip.height; y++) {
    for (let x = 0; x < chip.width; x++) {
      const expected = colourAt(place({ x, y }));
      for (const colour of [0, 1, 2]) {
        largest = Math.max(largest, Math.abs(pixelAt(chip, x, y, colour) - expected[colour]!));
      }
    }
  }
  return largest;
}

// The photo's and the chip's colours are both rounded: at most half a step each.
const ROUNDING = 1.001;

describe("dlibAligner", () => {
  it("puts the landmarks where dlib's mean face shape has them", () => {
    const aligner = dlibAligner({ zoomOut: 1 });
    expect(largestError(aligner, five(dlibTemplate.map(toPhoto)), toPhoto)).toBeLessThan(ROUNDING);
    // The test can fail: three pixels beside it, the colours are others.
    const shifted = five(dlibTemplate.map(({ x, y }) => toPhoto({ x: x + 3, y })));
    expect(largestError(aligner, shifted, toPhoto)).toBeGreaterThan(1.4);
  });

  it("shows more around the chip's centre with zoomOut", () => {
    const centre = (150 - 1) / 2;
    const wider = ({ x, y }: Point): Point =>
      toPhoto({ x: centre + 1.07 * (x - centre), y: centre + 1.07 * (y - centre) });
    expect(largestError(dlibAligner({ zoomOut: 1.07 }), five(dlibTemplate.map(toPhoto)), wider)).toBeLessThan(
      ROUNDING,
    );
  });

  it("says what it is", () => {
    const { zoomOut } = dlibAligner().params;
    expect(dlibAligner()).toMatchObject({ name: "dlib-150", size: 150, params: { size: 150, zoomOut } });
    expect(zoomOut).toBeGreaterThanOrEqual(1);
    expect(dlibAligner({ zoomOut: 1.2 }).params).toEqual({ size: 150, zoomOut: 1.2 });
  });

  it("is black where the photo ends", () => {
    const chip = dlibAligner().align(
      imageOf(200, 200, () => 255),
      five(dlibTemplate.map(({ x, y }) => ({ x: x - 75, y }))),
    );
    expect(pixelAt(chip, 2, 75, 0)).toBe(0);
    expect(pixelAt(chip, 147, 75, 0)).toBe(255);
  });
});

describe("fivePointAligner", () => {
  const template = five([
    { x: 30, y: 40 },
    { x: 80, y: 40 },
    { x: 55, y: 62 },
    { x: 35, y: 85 },
    { x: 75, y: 85 },
  ]);

  it("cuts a chip of any size by any template", () => {
    const aligner = fivePointAligner({ name: "own", size: 112, template });
    expect(aligner).toMatchObject({ name: "own", size: 112, params: { size: 112, zoomOut: 1 } });
    expect(largestError(aligner, five(template.map(toPhoto)), toPhoto)).toBeLessThan(ROUNDING);
  });

  it.each([0, -1, 4.1, Number.NaN, Number.POSITIVE_INFINITY])("refuses zoomOut %d", (zoomOut) => {
    expect(() => fivePointAligner({ name: "own", size: 112, template, zoomOut })).toThrow(
      `invalid zoomOut: ${zoomOut} (must be a number > 0 and <= 4)`,
    );
  });

  it("refuses a landmark that is not a number", () => {
    const aligner = fivePointAligner({ name: "own", size: 112, template });
    const [first, ...rest] = template;
    for (const x of [Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => aligner.align(gradient, five([{ ...first, x }, ...rest]))).toThrow(InputError);
    }
  });
});
