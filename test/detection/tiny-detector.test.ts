import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { InputError, type RgbImage, tinyDetector } from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { landmarks68To5 } from "../../src/lib/dist/detection/landmarks-68-to-5.js";
import { loadFaceApi } from "../../src/lib/dist/inference/face-api.js";
import { samplePhoto } from "../support/sample-photos.js";

const require = createRequire(new URL("../../src/lib/dist/index.js", import.meta.url));
const packageFolder = dirname(require.resolve("@vladmandic/face-api/package.json"));

/** A part of a photo. */
function part({ width, data }: RgbImage, left: number, top: number, columns: number, rows: number): RgbImage {
  const lines = Array.from({ length: rows }, (_, y) => {
    const from = ((top + y) * width + left) * 3;
    return data.subarray(from, from + columns * 3);
  });
  return { width: columns, height: rows, data: Uint8Array.from(lines.flatMap((line) => [...line])) };
}

describe("tinyDetector", () => {
  let faceapi: typeof import("@vladmandic/face-api");
  beforeAll(async () => {
    await loadFaceApi(); // chooses the backend, which face-api shares
    faceapi = require("@vladmandic/face-api/dist/face-api.node-wasm.js");
    const { tinyFaceDetector, faceLandmark68Net } = faceapi.nets;
    for (const net of [tinyFaceDetector, faceLandmark68Net]) {
      await net.loadFromDisk(join(packageFolder, "model"));
    }
  });

  const whole = (photo: RgbImage) => photo;
  it.each<[string, string, (photo: RgbImage) => RgbImage, object | undefined, number]>([
    ["a photo, with both's own defaults", "sample4.jpg", whole, undefined, 3],
    ["another", "sample6.jpg", whole, undefined, 5],
    ["a smaller input, and surer faces", "sample5.jpg", whole, { inputSize: 320, scoreThreshold: 0.7 }, 2],
    ["a larger input", "sample4.jpg", whole, { inputSize: 608, scoreThreshold: 0.3 }, 4],
    // The next two boxes reach over the border.
    ["a face at the left", "sample1.jpg", (photo) => part(photo, 1480, 0, 440, 800), undefined, 1],
    ["a face at the right", "sample1.jpg", (photo) => part(photo, 0, 100, 560, 700), undefined, 1],
  ])("gives what face-api itself gives: %s", async (_, name, cut, options, count) => {
    const image = cut(await samplePhoto(name));
    const found = await (await tinyDetector(options)).detect(image);
    expect(found).toHaveLength(count);

    const photo = faceapi.tf.tensor3d(image.data, [image.height, image.width, 3], "int32");
    const expected = await faceapi
      .detectAllFaces(photo, new faceapi.TinyFaceDetectorOptions(options))
      .withFaceLandmarks();
    photo.dispose();
    expect(expected).toHaveLength(count);
    for (const [i, { detection, landmarks }] of expected.entries()) {
      const { box, score, landmarks: five } = found[i]!;
      expect(score).toBeCloseTo(detection.score, 4);
      for (const side of ["x", "y", "width", "height"] as const) {
        expect(Math.abs(box[side] - detection.box[side])).toBeLessThan(0.005);
      }
      // face-api cuts at the border, and counts from the box's own corner all the same.
      const [outsideX, outsideY] = [Math.min(0, box.x), Math.min(0, box.y)];
      for (const [k, { x, y }] of landmarks68To5(landmarks.positions).entries()) {
        expect(Math.hypot(five[k]!.x - (x - outsideX), five[k]!.y - (y - outsideY))).toBeLessThan(0.005);
      }
    }
  });

  it("names its settings and its two networks", async () => {
    const { name, params, models } = await tinyDetector();
    expect(name).toBe("tiny");
    expect(params).toEqual({ inputSize: 416, scoreThreshold: 0.5 });
    expect(models.map(({ source }) => source.replace(/^.*\//, ""))).toEqual([
      "tiny_face_detector_model.bin",
      "face_landmark_68_model.bin",
    ]);
  });

  it.each([
    [{ inputSize: 0 }, "invalid inputSize: 0 (must be a multiple of 32, >= 32)"],
    [{ inputSize: 400 }, "invalid inputSize: 400 (must be a multiple of 32, >= 32)"],
    [{ inputSize: Number.NaN }, "invalid inputSize: NaN (must be a multiple of 32, >= 32)"],
    [{ scoreThreshold: 0 }, "invalid scoreThreshold: 0 (must be a number > 0 and < 1)"],
    [{ scoreThreshold: 1 }, "invalid scoreThreshold: 1 (must be a number > 0 and < 1)"],
    [{ scoreThreshold: Number.NaN }, "invalid scoreThreshold: NaN (must be a number > 0 and < 1)"],
  ])("refuses %o", async (options, message) => {
    await expect(tinyDetector(options)).rejects.toThrow(new InputError(message));
  });
});
