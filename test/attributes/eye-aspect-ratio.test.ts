import { eyeAspectRatio, InputError, type Point } from "facelab";
import { describe, expect, it } from "vitest";

/** 68 points, of which the eyes' are laid out: 40 wide, the lids so far apart. */
function points(left: number, right: number, angle = 0): Point[] {
  const eye = (x: number, height: number): Point[] => [
    { x, y: 0 },
    { x: x + 13, y: -height / 2 },
    { x: x + 27, y: -height / 2 },
    { x: x + 40, y: 0 },
    { x: x + 27, y: height / 2 },
    { x: x + 13, y: height / 2 },
  ];
  const others = Array.from({ length: 36 }, (): Point => ({ x: 5, y: 5 }));
  const all = [...others, ...eye(0, left), ...eye(100, right), ...others.slice(0, 20)];
  return all.map(({ x, y }) => ({
    x: x * Math.cos(angle) - y * Math.sin(angle),
    y: x * Math.sin(angle) + y * Math.cos(angle),
  }));
}

describe("eyeAspectRatio", () => {
  it("is the lids' distance by the corners', the mean of both eyes, however the head is tilted", () => {
    expect(eyeAspectRatio(points(12, 12))).toBeCloseTo(0.3, 10);
    expect(eyeAspectRatio(points(12, 4))).toBeCloseTo(0.2, 10);
    expect(eyeAspectRatio(points(0, 0))).toBe(0);
    expect(eyeAspectRatio(points(12, 4, 0.6))).toBeCloseTo(0.2, 10);
  });

  it("refuses other numbers of points, and an eye without width", () => {
    expect(() => eyeAspectRatio(points(1, 1).slice(1))).toThrow(
      new InputError("invalid landmarks: 67 (must be 68)"),
    );
    expect(() => eyeAspectRatio(Array.from({ length: 68 }, () => ({ x: 1, y: 1 })))).toThrow(
      "invalid landmarks: the corners of an eye coincide",
    );
  });
});
