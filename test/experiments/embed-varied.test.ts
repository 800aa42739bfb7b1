import { join } from "node:path";
import { writePng } from "facelab";
import { expect, it } from "vitest";
import { embedVariedOrStandIn } from "../../src/experiments/dist/embed-or-stand-in.js";
import { embedVaried } from "../../src/experiments/dist/embed-varied.js";
import { faceAt, fakePipeline } from "../support/fake-pipeline.js";
import { imageOf } from "../support/synthetic-images.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** Photos in one grey each, of which the fake detector finds a face in bright ones. */
async function photos(...greys: number[]): Promise<string[]> {
  const folder = await temporaryFolder();
  return Promise.all(
    greys.map(async (grey, i) => {
      const path = join(folder, `${i}.png`);
      await writePng(
        path,
        imageOf(60, 60, () => grey),
      );
      return path;
    }),
  );
}
const finder = () => fakePipeline(({ data }) => (data[0]! > 100 ? [faceAt(20, 20, 20)] : []));
const halved = (image: { width: number; height: number; data: Uint8Array }) => ({
  ...image,
  data: image.data.map((value) => value / 2),
});

it("varies a photo before a face is looked for, and says where none is found then", async () => {
  const steps: number[] = [];
  const paths = await photos(240, 150, 220);
  const faces = await embedVaried(paths, halved, finder(), (done) => steps.push(done));
  expect(faces.map((face) => face?.embedding[0]?.toFixed(2))).toEqual([
    (120 / 255).toFixed(2),
    undefined,
    (110 / 255).toFixed(2),
  ]);
  expect(steps).toEqual([1, 2, 3]);
});

it("takes the mean place where none is found, in the varied photo, and names the row", async () => {
  const folder = await temporaryFolder();
  // Brighter to the right, so that an embedding tells where it was taken; the top left pixel says where the face is.
  const paths = await Promise.all(
    [20, 60, 0].map(async (left) => {
      const path = join(folder, `${left}.png`);
      await writePng(
        path,
        imageOf(120, 120, (x, y) => (x === 0 && y === 0 ? left : x)),
      );
      return path;
    }),
  );
  const pipeline = fakePipeline(({ data }) => (data[0]! > 0 ? [faceAt(data[0]!, 40, 20)] : []));
  const places: number[] = [];
  const { embeddings, standIns } = await embedVariedOrStandIn(
    paths,
    (image, place) => {
      places.push(place);
      return { ...image, data: image.data.map((value, i) => (i < 3 ? value : value + 100)) };
    },
    pipeline,
    () => {},
  );
  expect(standIns).toEqual([2]);
  expect(places).toEqual([0, 1, 2, 2]);
  const [left, right, mean] = embeddings.map((embedding) => embedding[0]! * 255);
  expect(right! - left!).toBeGreaterThan(30);
  expect(mean!).toBeCloseTo((left! + right!) / 2, 0);
  await expect(embedVariedOrStandIn(await photos(10), halved, finder(), () => {})).rejects.toThrow(
    /^no face found in any of 1 photos/,
  );
});
