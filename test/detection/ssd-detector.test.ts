import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { landmarks68To5 } from "../../src/lib/dist/detection/landmarks-68-to-5.js";
import { ssdDetector } from "../../src/lib/dist/detection/ssd-detector.js";
import { InputError } from "../../src/lib/dist/errors.js";
import { loadFaceApi } from "../../src/lib/dist/inference/face-api.js";
import type { Point, RgbImage } from "../../src/lib/dist/types.js";

const require = createRequire(new URL("../../src/lib/dist/index.js", import.meta.url));
const packageFolder = dirname(require.resolve("@vladmandic/face-api/package.json"));

interface Region {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

async function sample(name: string, region?: Region): Promise<RgbImage> {
  const photo = sharp(join(packageFolder, "demo", name)).removeAlpha();
  const { data, info } = await (region === undefined ? photo : photo.extract(region))
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

describe("ssdDetector", () => {
  let faceapi: typeof import("@vladmandic/face-api");
  beforeAll(async () => {
    await loadFaceApi(); // chooses the backend, which face-api shares
    faceapi = require("@vladmandic/face-api/dist/face-api.node-wasm.js");
    const { ssdMobilenetv1, faceLandmark68Net } = faceapi.nets;
    for (const net of [ssdMobilenetv1, faceLandmark68Net]) {
      await net.loadFromDisk(join(packageFolder, "model"));
    }
  });

  it.each([
    ["a photo", "sample4.jpg", undefined, 4],
    ["another", "sample5.jpg", undefined, 5],
    [
      "a face cut off at the left and top",
      "sample1.jpg",
      { left: 420, top: 420, width: 500, height: 600 },
      1,
    ],
    // The next two boxes reach over the border, into face-api's padding.
    [
      "one cut off at the right, upright format",
      "sample1.jpg",
      { left: 0, top: 100, width: 500, height: 700 },
      1,
    ],
    ["one cut off at the bottom", "sample1.jpg", { left: 0, top: 0, width: 600, height: 500 }, 1],
  ])("gives what face-api itself gives: %s", async (_, name, region, count) => {
    const image = await sample(name, region);
    const detector = await ssdDetector();
    const found = await detector.detect(image);
    expect(found).toHaveLength(count);

    const photo = faceapi.tf.tensor3d(image.data, [image.height, image.width, 3], "int32");
    const options = new faceapi.SsdMobilenetv1Options();
    const expected = await faceapi.detectAllFaces(photo, options).withFaceLandmarks();
    photo.dispose();
    expect(expected).toHaveLength(count);

    for (const [i, { detection, landmarks }] of expected.entries()) {
      const { box, score, landmarks: five } = found[i]!;
      expect(score).toBeCloseTo(detection.score, 6);
      for (const side of ["x", "y", "width", "height"] as const) {
        expect(box[side]).toBeCloseTo(detection.box[side], 3);
      }
      const points = landmarks.positions;
      expectNear(five[0], centre(landmarks.getLeftEye()));
      expectNear(five[1], centre(landmarks.getRightEye()));
      expectNear(five[2], points[30]!);
      expectNear(five[3], landmarks.getMouth()[0]!);
      expectNear(five[4], landmarks.getMouth()[6]!);
      expect(five[0].x).toBeLessThan(five[1].x);
      expect(five[3].x).toBeLessThan(five[4].x);
    }
    const scores = found.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  });

  it("keeps what its options ask for", async () => {
    const image = await sample("sample4.jpg");
    const all = await (await ssdDetector({ minConfidence: 0.9 })).detect(image);
    expect(all).toHaveLength(3);
    expect(all.every(({ score }) => score > 0.9)).toBe(true);
    const detector = await ssdDetector({ minConfidence: 0.9, maxResults: 2 });
    expect(await detector.detect(image)).toEqual(all.slice(0, 2));
    expect(detector.params).toEqual({ minConfidence: 0.9, maxResults: 2 });
  });

  it("finds nothing where there is no face", async () => {
    const detector = await ssdDetector();
    const black = { width: 200, height: 100, data: new Uint8Array(200 * 100 * 3) };
    const pixel = { width: 1, height: 1, data: new Uint8Array([200, 150, 130]) };
    expect(await detector.detect(black)).toEqual([]);
    expect(await detector.detect(pixel)).toEqual([]);
  });

  it("names itself and its two networks", async () => {
    const { name, models, params } = await ssdDetector();
    expect(name).toBe("ssd");
    expect(params).toEqual({ minConfidence: 0.5, maxResults: 100 });
    expect(models.map(({ source }) => source.replace(/^.*\//, ""))).toEqual([
      "ssd_mobilenetv1_model.bin",
      "face_landmark_68_model.bin",
    ]);
  });

  it.each([
    { minConfidence: 0 },
    { minConfidence: 1 },
    { minConfidence: Number.NaN },
    { maxResults: 0 },
    { maxResults: 1.5 },
  ])("refuses %o", async (options) => {
    await expect(ssdDetector(options)).rejects.toThrow(InputError);
  });
});

describe("landmarks68To5", () => {
  it("takes the eyes' means, the tip of the nose and the corners of the mouth", () => {
    const points = Array.from({ length: 68 }, (_, i) => ({ x: i, y: i * i }));
    const [left, right, nose, leftCorner, rightCorner] = landmarks68To5(points);
    expectNear(left, { x: 38.5, y: (36 ** 2 + 37 ** 2 + 38 ** 2 + 39 ** 2 + 40 ** 2 + 41 ** 2) / 6 });
    expectNear(right, { x: 44.5, y: (42 ** 2 + 43 ** 2 + 44 ** 2 + 45 ** 2 + 46 ** 2 + 47 ** 2) / 6 });
    expect(nose).toEqual({ x: 30, y: 900 });
    expect(leftCorner).toEqual({ x: 48, y: 48 ** 2 });
    expect(rightCorner).toEqual({ x: 54, y: 54 ** 2 });
  });

  it("refuses another number of points", () => {
    expect(() => landmarks68To5([{ x: 0, y: 0 }])).toThrow(
      new InputError("invalid landmarks: 1 (must be 68)"),
    );
  });
});

function centre(points: readonly Point[]): Point {
  const sum = points.reduce((a, b) => ({ x: a.x + b.x, y: a.y + b.y }));
  return { x: sum.x / points.length, y: sum.y / points.length };
}

function expectNear(actual: Point, expected: Point): void {
  expect(actual.x).toBeCloseTo(expected.x, 3);
  expect(actual.y).toBeCloseTo(expected.y, 3);
}
