import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { decodeImage, type FacePipeline, type NpyArray, writeNpz, writePng } from "facelab";
import { beforeAll, describe, expect, it } from "vitest";
import { mistakenFaces } from "../../src/experiments/dist/mistaken-faces.js";
import { handMade } from "../plots/hand-made.js";
import { imageOf, pixelAt } from "../support/synthetic-images.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** Says of every photo that its face is the right half, 40 x 40 pixels. */
const pipeline = {
  face: "centre",
  detector: {
    name: "half",
    params: {},
    models: [],
    detect: async (image) => {
      const point = { x: 60, y: 20 };
      const landmarks = [point, point, point, point, point] as const;
      return image.width < 80 ? [] : [{ box: { x: 40, y: 0, width: 40, height: 40 }, score: 1, landmarks }];
    },
  },
} as Partial<FacePipeline> as FacePipeline;

describe("mistakenFaces", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await temporaryFolder();
    await mkdir(join(folder, "photos"));
  });

  async function pictureOf(uri: string): Promise<[number, number, number, number]> {
    const [, base64 = ""] = uri.split("data:image/png;base64,");
    const image = await decodeImage(Buffer.from(base64, "base64"));
    return [image.width, image.height, pixelAt(image, 48, 48, 0), pixelAt(image, 48, 48, 2)];
  }

  it("cuts the faces out of a folder's photos again, the surest mistakes first, and counts the rest", async () => {
    const answers = Array.from({ length: 63 }, (_, i) => ["Ada", i === 0 ? "Ada" : "Bo", i / 100] as const);
    const evaluation = handMade({ knn: [answers], svm: [answers] });
    const records = evaluation.records.map((record) => ({
      ...record,
      path: join(folder, "photos", record.path.replace("/", " ").replace("jpg", "png")),
    }));
    for (const { path } of records.slice(0, 63)) {
      // Red left, blue right; the photo of the surest mistake but one is too small for a face.
      const width = path.endsWith(" 61.png") ? 60 : 80;
      await writePng(
        path,
        imageOf(width, 40, (x, _, colour) => (colour === (x < 40 ? 0 : 2) ? 200 : 0)),
      );
    }
    const { pictures, notes } = await mistakenFaces(folder, { ...evaluation, records }, pipeline);
    expect(pictures.size).toBe(59);
    expect([...pictures.keys()].map((path) => Number(/(\d+)\.png$/.exec(path)![1]))).toEqual([
      62,
      ...Array.from({ length: 58 }, (_, i) => 60 - i),
    ]);
    expect(await pictureOf([...pictures.values()][0]!)).toEqual([96, 96, 0, 200]);
    expect(notes).toEqual([
      "pictures of 60 photos, the most probable mistakes; 2 photos without",
      "no picture of 1 photos: the face was not found again",
    ]);
  });

  it("takes the crops of a faces file", async () => {
    const path = join(folder, "faces.npz");
    const crops = (reds: number[]): NpyArray => ({
      dtype: "uint8",
      shape: [reds.length, 8, 8, 3],
      data: Uint8Array.from(reds.flatMap((red) => Array.from({ length: 64 }, () => [red, 0, 9]).flat())),
    });
    const text = (data: string[]): NpyArray => ({ dtype: "unicode", shape: [data.length], data });
    await writeNpz(path, {
      trainX: crops([10]),
      trainPaths: text(["Cy/9.jpg"]),
      testX: crops([20, 30]),
      testPaths: text(["Ada/0.jpg", "Bo/1.jpg"]),
    });
    const evaluation = handMade({
      knn: [
        [
          ["Ada", "Ada"],
          ["Bo", "Ada"],
        ],
      ],
    });
    const { pictures, notes } = await mistakenFaces(path, evaluation, pipeline);
    expect([...pictures.keys()]).toEqual(["Bo/1.jpg"]);
    expect(await pictureOf(pictures.get("Bo/1.jpg")!)).toEqual([96, 96, 30, 9]);
    expect(notes).toEqual([]);
  });

  it("says why there are none of embeddings, and nothing where nothing is wrong", async () => {
    const wrong = handMade({ knn: [[["Ada", "Bo"]]] });
    expect(await mistakenFaces("any.npz", wrong, undefined)).toEqual({
      pictures: new Map(),
      notes: ["no pictures: the dataset holds embeddings, not the photos that they were made of"],
    });
    const right = handMade({ knn: [[["Ada", "Ada"]]] });
    expect(await mistakenFaces("any.npz", right, undefined)).toEqual({ pictures: new Map(), notes: [] });
  });
});
