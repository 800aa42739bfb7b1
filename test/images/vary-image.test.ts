import {
  createRandom,
  InputError,
  type Variation,
  type VariationKind,
  variationKinds,
  varyImage,
} from "facelab";
import { describe, expect, it } from "vitest";
import { imageOf, pixelAt } from "../support/synthetic-images.js";

/** Something that every variation changes: no symmetry, no saturated value, an edge. */
const image = imageOf(
  40,
  30,
  (x, y, colour) => 40 + 3 * x + 2 * y + 10 * colour + (x > 12 && y > 9 ? 25 : 0),
);
const strengths: Record<Exclude<VariationKind, "plain">, number> = {
  mirror: 0,
  shift: 0.1,
  rotate: 8,
  scale: 1.2,
  brightness: 0.7,
  contrast: 0.5,
  blur: 0.05,
  noise: 20,
  jpeg: 10,
  "low-resolution": 0.25,
  bar: 0.2,
};
const cases = Object.entries(strengths).map(([kind, strength]) => ({ kind, strength })) as Variation[];
const mean = ({ data }: { data: Uint8Array }): number => data.reduce((a, b) => a + b, 0) / data.length;
const deviation = (data: readonly number[]): number => {
  const middle = data.reduce((a, b) => a + b, 0) / data.length;
  return Math.sqrt(data.reduce((sum, value) => sum + (value - middle) ** 2, 0) / data.length);
};

describe("varyImage", () => {
  it("knows the kinds that are tested here", () => {
    expect(["plain", ...Object.keys(strengths)].sort()).toEqual([...variationKinds].sort());
  });

  it.each(cases)("$kind keeps the size, changes something, and repeats with its seed", async (variation) => {
    const before = Uint8Array.from(image.data);
    const one = await varyImage(image, variation, createRandom(1));
    const again = await varyImage(image, variation, createRandom(1));
    expect([one.width, one.height, one.data.length]).toEqual([40, 30, 40 * 30 * 3]);
    expect(one.data).not.toEqual(image.data);
    expect(again.data).toEqual(one.data);
    expect(image.data).toEqual(before);
  });

  it.each(["shift", "rotate", "noise", "bar"] as const)("%s depends on the seed", async (kind) => {
    const seeds = await Promise.all(
      [1, 2, 3, 4].map((seed) => varyImage(image, { kind, strength: strengths[kind] }, createRandom(seed))),
    );
    expect(new Set(seeds.map(({ data }) => data.join())).size).toBeGreaterThan(1);
  });

  it("leaves the plain image alone", async () => {
    expect(await varyImage(image, { kind: "plain", strength: 0 }, createRandom(0))).toEqual(image);
  });

  it("does what the strengths say", async () => {
    const vary = (kind: VariationKind, strength: number, what = image) =>
      varyImage(what, { kind, strength }, createRandom(0));
    const flat = imageOf(60, 60, () => 100);

    const noisy = [...(await vary("noise", 10, flat)).data];
    expect(deviation(noisy)).toBeGreaterThan(9.5);
    expect(deviation(noisy)).toBeLessThan(10.5);

    expect(mean(await vary("brightness", 0.5))).toBeCloseTo(mean(image) / 2, 0);
    const flatter = await vary("contrast", 0.5);
    expect(mean(flatter)).toBeCloseTo(mean(image), 0);
    expect(deviation([...flatter.data])).toBeCloseTo(deviation([...image.data]) / 2, 0);

    const barred = await vary("bar", 0.2);
    const grey = Array.from({ length: 30 }, (_, y) =>
      Array.from({ length: 40 }, (_, x) => pixelAt(barred, x, y, 0)).every((value) => value === 128),
    );
    expect(grey.filter(Boolean)).toHaveLength(6);
    expect(grey.indexOf(true)).toBeGreaterThanOrEqual(7);
    expect(grey.lastIndexOf(true)).toBeLessThanOrEqual(22);

    const mirrored = await vary("mirror", 0);
    expect(pixelAt(mirrored, 0, 4, 1)).toBe(pixelAt(image, 39, 4, 1));

    const dot = imageOf(41, 41, (x, y) => (x === 20 && y === 20 ? 255 : 0));
    const spread = await vary("blur", 0.1, dot);
    expect(pixelAt(spread, 20, 20, 0)).toBeLessThan(20);
    const shifted = await vary(
      "shift",
      0.25,
      imageOf(41, 41, (x, y) => (Math.hypot(x - 20, y - 20) < 3 ? 255 : 0)),
    );
    const bright = [...shifted.data.keys()]
      .filter((i) => i % 3 === 0 && shifted.data[i]! > 200)
      .map((i) => i / 3);
    const x = bright.reduce((sum, i) => sum + (i % 41), 0) / bright.length;
    const y = bright.reduce((sum, i) => sum + Math.floor(i / 41), 0) / bright.length;
    expect(Math.hypot(x - 20, y - 20)).toBeCloseTo(0.25 * 41, 0);

    const reduced = await vary(
      "low-resolution",
      0.1,
      imageOf(40, 40, (px, py) => ((px + py) % 2) * 255),
    );
    expect(deviation([...reduced.data])).toBeLessThan(5);
  });

  it.each([
    [{ kind: "sepia", strength: 1 }, "unknown variation: sepia (expected plain, mirror,"],
    [{ kind: "toString", strength: 1 }, "unknown variation: toString"],
    [{ kind: "jpeg", strength: 0 }, "invalid strength of jpeg: 0 (must be a number in 1..100)"],
    [{ kind: "bar", strength: 0.6 }, "invalid strength of bar: 0.6 (must be a number in 0..0.5)"],
    [{ kind: "noise", strength: Number.NaN }, "invalid strength of noise: NaN"],
    [{ kind: "mirror", strength: 1 }, "invalid strength of mirror: 1 (must be a number in 0..0)"],
  ])("refuses %o", async (variation, message) => {
    const run = varyImage(image, variation as Variation, createRandom(0));
    await expect(run).rejects.toThrow(InputError);
    await expect(run).rejects.toThrow(message);
  });
});
