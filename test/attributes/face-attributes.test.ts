import { createRequire } from "node:module";
import {
  attributeEstimator,
  decodeImage,
  expressions,
  InputError,
  samplePhotoPaths,
  ssdDetector,
} from "facelab";
import { describe, expect, it } from "vitest";

const require = createRequire(new URL("../../src/lib/dist/index.js", import.meta.url));

describe("attributeEstimator", () => {
  it("says what face-api itself says of the same faces", async () => {
    const image = await decodeImage(samplePhotoPaths()[0]!);
    const found = await (await ssdDetector()).detect(image);
    const { estimate } = await attributeEstimator();
    const own = await estimate(
      image,
      found.map(({ box }) => box),
    );
    // The same copy of face-api, so with the weights that are loaded already; its whole pipeline at once.
    const faceapi: typeof import("@vladmandic/face-api") = require("@vladmandic/face-api/dist/face-api.node-wasm.js");
    const tensor = faceapi.tf.tensor3d(image.data, [image.height, image.width, 3], "int32");
    const theirs = await faceapi
      .detectAllFaces(tensor as never, new faceapi.SsdMobilenetv1Options({ minConfidence: 0.5 }))
      .withFaceLandmarks()
      .withFaceExpressions()
      .withAgeAndGender();
    tensor.dispose();
    expect(own).toHaveLength(theirs.length);
    expect(own.length).toBeGreaterThan(2);
    for (const [i, face] of own.entries()) {
      expect(Math.abs(face.age - theirs[i]!.age)).toBeLessThan(0.5);
      for (const name of expressions) {
        expect(Math.abs(face.expressions[name] - theirs[i]!.expressions[name]), name).toBeLessThan(0.02);
      }
    }
  }, 60_000);

  it("answers nothing with nothing, and refuses a box outside", async () => {
    const { estimate, models } = await attributeEstimator();
    const image = { width: 20, height: 20, data: new Uint8Array(1200) };
    expect(await estimate(image, [])).toEqual([]);
    await expect(estimate(image, [{ x: 30, y: 0, width: 5, height: 5 }])).rejects.toThrow(InputError);
    expect(models.map(({ sha256 }) => sha256.length)).toEqual([64, 64, 64]);
  });
});
