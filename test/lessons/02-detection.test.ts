import { type Detection, decodeImage, type MtcnnStages, mtcnn, openPhotos, type RgbImage } from "facelab";
import { beforeAll, expect, it } from "vitest";
import { verdict } from "./verdict.js";

let photo: RgbImage;
let stages: MtcnnStages;
let found: readonly Detection[];
beforeAll(async () => {
  const { photos } = await openPhotos();
  const plain = photos.filter(({ path }) => path.endsWith("plain.png")).slice(0, 8);
  const detector = await mtcnn();
  photo = await decodeImage(plain[0]!.path);
  stages = await detector.stages(photo);
  const all = await Promise.all(plain.map(async ({ path }) => detector.detect(await decodeImage(path))));
  found = all.flat();
}, 120_000);

it("02.1 is the number of levels for faces of 40 pixels", async () => {
  // 12/40 of 320 pixels, and 0.709 of it as long as 12 pixels are left.
  const side = Math.min(photo.width, photo.height);
  const levels = Math.floor(Math.log(12 / (side * (12 / 40))) / Math.log(0.709)) + 1;
  expect(await verdict("02.1", levels)).toBe("right");
  expect(await verdict("02.1", stages.pyramid.length)).toMatch(/faces of 20 pixels/);
  expect(await verdict("02.1", stages.pyramid.length / 2)).toMatch(/not half the levels/);
  expect(await verdict("02.1", 77)).toMatch(/count it/);
});

it("02.2 is the share that R-Net refuses", async () => {
  const share = stages.refined.length / stages.proposed.length;
  expect(await verdict("02.2", 1 - share)).toBe("right");
  expect(await verdict("02.2", share)).toMatch(/which is refused/);
  expect(await verdict("02.2", 100 * (1 - share))).toMatch(/not per cent/);
});

it("02.3 is how many faces a higher last threshold leaves", async () => {
  const left = found.filter(({ score }) => score > 0.999).length;
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(found.length);
  expect(await verdict("02.3", left)).toBe("right");
  expect(await verdict("02.3", found.length)).toMatch(/threshold of 0\.7/);
  expect(await verdict("02.3", left / found.length)).toMatch(/how many faces/);
  // And what the hint says is what MTCNN does.
  const strict = await mtcnn({ thresholds: [0.6, 0.7, 0.999] });
  const first = (await strict.detect(photo)).length;
  expect(first).toBe(stages.faces.filter(({ score }) => score > 0.999).length);
});
