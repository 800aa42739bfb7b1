import { createRequire } from "node:module";
import { createRandom, decodeImage, InputError, mobilenetEmbedder, samplePhotoPaths } from "facelab";
import { describe, expect, it } from "vitest";
import { loadFaceApi } from "../../src/lib/dist/inference/face-api.js";
import { mobilenetV1 } from "../../src/lib/dist/inference/mobilenet-v1.js";
import { loadTfjs } from "../../src/lib/dist/inference/tfjs-backend.js";
import { imageOf } from "../support/synthetic-images.js";

const require = createRequire(new URL("../../src/lib/dist/index.js", import.meta.url));
const aligner = { name: "none", size: 32, params: {}, align: () => imageOf(32, 32, () => 0) };

describe("mobilenetV1", () => {
  it("feeds the detector's last layers what face-api's own backbone feeds them", async () => {
    const { tf } = await loadTfjs();
    const image = await decodeImage(samplePhotoPaths()[0]!);
    const { detectSsd } = await loadFaceApi();
    await detectSsd(image, 0.5, 10); // loads the weights
    const faceapi = require("@vladmandic/face-api/dist/face-api.node-wasm.js");
    const net = faceapi.nets.ssdMobilenetv1;
    const random = createRandom(1);
    const values = Float32Array.from({ length: 512 * 512 * 3 }, () => Math.floor(256 * random.uniform()));
    const photo = tf.tensor3d(values, [512, 512, 3]);
    const { boxes, scores } = net.forwardInput(await faceapi.toNetInput(photo));
    const theirs: Float32Array = scores[0].dataSync();
    const { params } = net;
    const { last, eleventh } = mobilenetV1(
      tf,
      params.mobilenetv1,
      tf.tensor4d(
        values.map((value) => value / 127.5 - 1),
        [1, 512, 512, 3],
      ),
    );
    expect(last.shape).toEqual([1, 16, 16, 1024]);
    expect(eleventh.shape).toEqual([1, 32, 32, 512]);
    // Each predictor says of each place three things of some boxes; the second is the face's score before the sigmoid.
    const logits = [
      [eleventh, params.prediction_layer.box_predictor_0],
      [last, params.prediction_layer.box_predictor_1],
    ].flatMap(([features, { class_predictor }]) => {
      const all = tf.add(tf.conv2d(features, class_predictor.filters, 1, "same"), class_predictor.bias);
      return [...all.dataSync()].filter((_, i) => i % 3 === 1);
    });
    const sigmoid = logits.map((value) => 1 / (1 + Math.exp(-value)));
    expect(sigmoid.length).toBeGreaterThan(3000);
    const differences = sigmoid.map((value, i) => Math.abs(value - theirs[i]!));
    expect(Math.max(...differences)).toBeLessThan(1e-4);
    // Not because all scores are alike.
    expect(Math.max(...sigmoid) / Math.min(...sigmoid)).toBeGreaterThan(2);
    tf.dispose([photo, boxes, scores, last, eleventh]);
  }, 60_000);

  it("gives 1,024 numbers a picture, the same of each alone, and leaves no tensor behind", async () => {
    const { embed, dimensions, models } = await mobilenetEmbedder({ aligner });
    const chips = [40, 200].map((level) => imageOf(32, 32, (x, y) => (x * y + level) % 256));
    const together = await embed(chips);
    const before = (await loadFaceApi()).tensorCount();
    const alone = await embed([chips[1]!]);
    expect((await loadFaceApi()).tensorCount()).toBe(before);
    expect(dimensions).toBe(1024);
    expect(together.map(({ length }) => length)).toEqual([1024, 1024]);
    expect(alone[0]).toEqual(together[1]);
    expect(together[0]).not.toEqual(together[1]);
    expect(together[0]!.every((value) => value >= 0 && value <= 6)).toBe(true);
    expect(models).toHaveLength(1);
    await expect(embed([imageOf(31, 32, () => 0)])).rejects.toThrow(
      new InputError("invalid chip: 31 x 32 (must be 32 x 32)"),
    );
  }, 60_000);
});
