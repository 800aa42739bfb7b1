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
  const paths = await photos(240, 150, 220);
  const places: number[] = [];
  const { embeddings, standIns } = await embedVariedOrStandIn(
    paths,
    (image, place) => {
      places.push(place);
      return halved(image);
    },
    finder(),
    () => {},
  );
  expect(standIns).toEqual([1]);
  expect(embeddings[1]![0]).toBeCloseTo(75 / 255, 2);
  expect(places).toEqual([0, 1, 2, 1]);
  await expect(embedVariedOrStandIn(await photos(10), halved, finder(), () => {})).rejects.toThrow(
    /^no face found in any of 1 photos/,
  );
});
