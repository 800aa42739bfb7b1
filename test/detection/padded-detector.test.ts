import { type Detection, type Detector, InputError, paddedDetector, type RgbImage } from "facelab";
import { describe, expect, it } from "vitest";
import { imageOf, pixelAt } from "../support/synthetic-images.js";

/** Says what it was shown, and finds one face at its top-left corner. */
function spy(): { detector: Detector; shown: RgbImage[] } {
  const shown: RgbImage[] = [];
  const point = { x: 1, y: 2 };
  const face: Detection = {
    box: { x: 0, y: 0, width: 8, height: 9 },
    score: 0.5,
    landmarks: [point, point, { x: 3, y: 4 }, point, point],
  };
  const detector: Detector = {
    name: "spy",
    params: { minFaceSize: 20 },
    models: [],
    detect: async (photo) => {
      shown.push(photo);
      return [face];
    },
  };
  return { detector, shown };
}

describe("paddedDetector", () => {
  it("shows the photo in a black border, and moves what is found back", async () => {
    const { detector, shown } = spy();
    const photo = imageOf(20, 10, (x, y, colour) => 10 * colour + x + y + 1);
    const [face] = await paddedDetector(detector, 0.3).detect(photo);
    const [seen] = shown;
    expect([seen!.width, seen!.height]).toEqual([32, 16]);
    expect(pixelAt(seen!, 5, 8, 0)).toBe(0);
    expect(pixelAt(seen!, 6, 2, 1)).toBe(0);
    for (const [x, y] of [
      [0, 0],
      [19, 9],
      [7, 3],
    ] as const) {
      expect(pixelAt(seen!, x + 6, y + 3, 2)).toBe(pixelAt(photo, x, y, 2));
    }
    expect(face!.box).toEqual({ x: -6, y: -3, width: 8, height: 9 });
    expect(face!.landmarks[2]).toEqual({ x: -3, y: 1 });
    expect(face!.score).toBe(0.5);
  });

  it("says in its settings what changes the result, so that nothing kept is taken for it", () => {
    const { detector } = spy();
    expect(paddedDetector(detector, 0.3).params).toEqual({ minFaceSize: 20, padding: 0.3 });
    expect(() => paddedDetector(detector, 0)).toThrow(
      new InputError("invalid padding: 0 (must be a number > 0 and <= 2)"),
    );
  });
});
