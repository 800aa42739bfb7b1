import { decodeImage, type MtcnnDetector, type MtcnnStages, mtcnn, type RgbImage } from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { sampleNames, samplePath } from "../support/sample-photos.js";

let photo: RgbImage;
let detector: MtcnnDetector;
let stages: MtcnnStages;
beforeAll(async () => {
  photo = await decodeImage(samplePath(sampleNames[0]!));
  detector = await mtcnn();
  stages = await detector.stages(photo);
});

describe("the stages of MTCNN", () => {
  it("end with what detect finds, to the bit", async () => {
    expect(stages.faces.length).toBeGreaterThan(0);
    expect(stages.faces).toEqual(await detector.detect(photo));
  });

  it("leave fewer boxes from network to network", () => {
    const ofLevels = stages.pyramid.reduce((sum, { candidates }) => sum + candidates, 0);
    const counts = [ofLevels, stages.proposed.length, stages.refined.length, stages.faces.length];
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(new Set(counts).size).toBeGreaterThan(2);
  });

  it("begin with a pyramid whose levels shrink by the scale factor, from 20 pixels to 12", () => {
    const { pyramid } = stages;
    expect(pyramid[0]!.scale).toBeCloseTo(12 / 20);
    for (const [i, { scale, width, height }] of pyramid.entries()) {
      if (i > 0) expect(scale / pyramid[i - 1]!.scale).toBeCloseTo(0.709);
      expect(width).toBe(Math.floor(photo.width * scale + 1));
      expect(height).toBe(Math.floor(photo.height * scale + 1));
    }
    const { width, height, scale } = pyramid.at(-1)!;
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(12);
    expect(Math.min(photo.width, photo.height) * scale * 0.709).toBeLessThan(12);
  });

  it("have a map of probabilities, a cell for every second window of 12 pixels, and count what reaches .6", () => {
    for (const { map, width, height, windows, candidates } of stages.pyramid) {
      // P-Net's pooling halves, rounding up, between convolutions of 3 x 3.
      expect(map).toHaveLength(Math.ceil((height - 2) / 2) - 4);
      expect(map[0]).toHaveLength(Math.ceil((width - 2) / 2) - 4);
      const cells = map.flat();
      expect(cells.every((p) => p >= 0 && p <= 1)).toBe(true);
      expect(cells.filter((p) => p >= 0.6)).toHaveLength(windows);
      expect(candidates).toBeLessThanOrEqual(windows);
    }
    expect(stages.pyramid.some(({ windows, candidates }) => windows > candidates)).toBe(true);
  });

  it("have every face in a window of P-Net and in a box of R-Net, with a score above its threshold", () => {
    const near = ({ box }: MtcnnStages["faces"][number]) => {
      const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      return ({ box: other }: MtcnnStages["proposed"][number]) =>
        Math.abs(other.x + other.width / 2 - middle.x) < box.width / 2 &&
        Math.abs(other.y + other.height / 2 - middle.y) < box.height / 2;
    };
    for (const face of stages.faces) {
      expect(stages.proposed.some(near(face))).toBe(true);
      expect(stages.refined.some(near(face))).toBe(true);
    }
    expect(stages.proposed.every(({ score }) => score >= 0.6)).toBe(true);
    expect(stages.refined.every(({ score }) => score > 0.7)).toBe(true);
    expect(stages.proposed[0]).not.toHaveProperty("landmarks");
  });

  it("are empty for a photo in which no face of the least size fits", async () => {
    const tiny = { width: 10, height: 10, data: new Uint8Array(300) };
    expect(await detector.stages(tiny)).toEqual({ pyramid: [], proposed: [], refined: [], faces: [] });
  });
});
