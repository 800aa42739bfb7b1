import { readFile } from "node:fs/promises";
import { type Point, similarityTransform, transformPoint } from "facelab";
import { describe, expect, it } from "vitest";

interface Case {
  readonly name: string;
  readonly from: readonly [number, number][];
  readonly to: readonly [number, number][];
  readonly expected: { readonly a: number; readonly b: number; readonly dx: number; readonly dy: number };
}

const file = new URL("../reference/alignment/similarity.json", import.meta.url);
const { cases }: { cases: Case[] } = JSON.parse(await readFile(file, "utf8"));
const points = (list: readonly [number, number][]): Point[] => list.map(([x, y]) => ({ x, y }));

describe("similarityTransform", () => {
  it.each(cases)("agrees with Umeyama's method in numpy: $name", ({ from, to, expected }) => {
    const found = similarityTransform(points(from), points(to));
    const size = Math.max(1, ...to.flat().map(Math.abs));
    for (const key of ["a", "b"] as const)
      expect(Math.abs(found[key] - expected[key])).toBeLessThan(1e-12 * size);
    for (const key of ["dx", "dy"] as const)
      expect(Math.abs(found[key] - expected[key])).toBeLessThan(1e-11 * size);
  });

  it.each(cases.filter(({ name }) => name.startsWith("exact")))("meets the points: $name", ({ from, to }) => {
    const found = similarityTransform(points(from), points(to));
    points(from).forEach((point, i) => {
      const { x, y } = transformPoint(found, point);
      expect(Math.abs(x - to[i]![0])).toBeLessThan(1e-9);
      expect(Math.abs(y - to[i]![1])).toBeLessThan(1e-9);
    });
  });

  it.each(cases)("without turning keeps the size and where the middle comes to: $name", ({ from, to }) => {
    const [source, target] = [points(from), points(to)];
    const [turned, upright] = [true, false].map((turn) => similarityTransform(source, target, turn));
    expect(upright!.b).toBe(0);
    const size = Math.hypot(turned!.a, turned!.b);
    expect(Math.abs(upright!.a - size)).toBeLessThan(1e-12 * Math.max(1, size));
    const middle = (list: readonly Point[], key: "x" | "y") =>
      list.reduce((sum, point) => sum + point[key], 0) / list.length;
    const come = transformPoint(upright!, { x: middle(source, "x"), y: middle(source, "y") });
    const largest = Math.max(1, ...to.flat().map(Math.abs));
    for (const key of ["x", "y"] as const) {
      expect(Math.abs(come[key] - middle(target, key))).toBeLessThan(1e-9 * largest);
    }
  });

  it("refuses what has no answer", () => {
    const same = points([
      [3, 4],
      [3, 4],
    ]);
    const two = points([
      [0, 0],
      [1, 1],
    ]);
    expect(() => similarityTransform(same, two)).toThrow("similarity transform: the points are all the same");
    expect(() => similarityTransform(two, two.slice(1))).toThrow(
      "similarity transform: 2 points against 1 (must be as many)",
    );
    expect(() => similarityTransform([], [])).toThrow(RangeError);
    expect(() => similarityTransform([{ x: Number.NaN, y: 0 }, ...two], [...two, ...two.slice(1)])).toThrow(
      RangeError,
    );
  });
});
