import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import {
  createRandom,
  type DrawTestFacesOptions,
  drawTestFaces,
  type Embedding,
  extractFaces,
  InputError,
  loadFolder,
  type Model,
  nearestNeighbours,
  type Prediction,
  predictFace,
  type RgbImage,
  readFacesFile,
  writeFacesFile,
} from "facelab";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { faceAt, fakePipeline } from "../support/fake-pipeline.js";
import { pixelAt } from "../support/synthetic-images.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const folder = await temporaryFolder();
const root = join(folder, "people");
const file = join(folder, "faces.npz");
/** A photo shows a face unless its top left corner is black. */
const detect = (image: RgbImage) => (pixelAt(image, 0, 0, 0) === 0 ? [] : [faceAt(10, 10, 60)]);
const paint = async (path: string, red: number, green: number, blue: number): Promise<void> => {
  await mkdir(join(path, ".."), { recursive: true });
  const background = `rgb(${red}, ${green}, ${blue})`;
  await sharp({ create: { width: 90, height: 100, channels: 3, background } })
    .png()
    .toFile(path);
};
const draw = (path: string, options: Partial<DrawTestFacesOptions> = {}) =>
  drawTestFaces(path, {
    count: 3,
    random: createRandom(7),
    pipeline: async () => fakePipeline(detect),
    ...options,
  });

beforeAll(async () => {
  for (let i = 0; i < 8; i++) {
    await paint(join(root, "train", "Red", `${i}.png`), 250, 10 + i, 10);
    await paint(join(root, "train", "Green", `${i}.png`), 10, 240, 10 + i);
    await paint(join(root, "test", "Red", `${i}.png`), 240, 20, 20 + i);
    await paint(join(root, "test", "Green", `${i}.png`), i < 6 ? 20 : 0, 230, 20 + i);
  }
  const { detector, face, embedder, provenance } = fakePipeline(detect);
  const { samples } = await loadFolder(root);
  const photos = await extractFaces(samples, { detector, face }, embedder.aligner);
  const { embedder: _, ...extracted } = provenance;
  await writeFacesFile(file, photos, extracted, embedder.aligner.size);
  for (let i = 0; i < 4; i++) {
    await paint(join(folder, "undivided", "Red", `${i}.png`), 250, 10 + i, 10);
    await paint(join(folder, "undivided", "Green", `${i}.png`), 10, 240, 10 + i);
    await paint(join(folder, "one", "Red", `${i}.png`), 250, 10 + i, 10);
    await paint(join(folder, "faceless", "Red", `${i}.png`), 0, 0, 0);
    await paint(join(folder, "faceless", "Green", `${i}.png`), 0, 240, 10 + i);
    await paint(join(folder, "blind", "train", ["Red", "Green"][i % 2]!, `${i}.png`), 250, 10 + i, 10);
    await paint(join(folder, "blind", "test", "Red", `${i}.png`), 0, 0, 0);
  }
});

describe("drawTestFaces", () => {
  it("opens all training photos, and of the test photos only those that it draws", async () => {
    const pipeline = fakePipeline(detect);
    const progress: [number, number][] = [];
    const found = await draw(root, {
      pipeline: async () => pipeline,
      onProgress: (...step) => progress.push(step),
    });
    expect(found.train).toHaveLength(16);
    expect(found.test).toHaveLength(3);
    const opened = found.looked.filter(({ part }) => part === "test");
    expect(pipeline.looks()).toBe(16 + opened.length);
    expect(opened.filter(({ kind }) => kind === "face").map(({ path }) => path)).toEqual(
      found.test.map(({ path }) => path),
    );
    expect(found.test.every(({ path }) => path.startsWith(join(root, "test")))).toBe(true);
    expect(found.testPhotos).toBe(16);
    expect(progress.at(-1)).toEqual([19, 19]);
    expect(found.notices).toEqual(["a fake"]);
  });

  it("draws the same with one seed, and others with another", async () => {
    const paths = async (seed: number) =>
      (await draw(root, { random: createRandom(seed) })).test.map(({ path }) => path);
    expect(await paths(1)).toEqual(await paths(1));
    const drawn = await Promise.all([1, 2, 3, 4].map(paths));
    expect(new Set(drawn.map((list) => list.join())).size).toBeGreaterThan(1);
  });

  it("draws on where a photo shows no face, and ends with all that there are", async () => {
    const found = await draw(root, { count: 100 });
    expect(found.test).toHaveLength(14);
    expect(found.looked.filter(({ kind }) => kind === "none")).toHaveLength(2);
    expect(new Set(found.test.map(({ path }) => path)).size).toBe(14);
  });

  it("divides what is not divided, with the share that is asked for", async () => {
    const found = await draw(join(folder, "undivided"), { count: 100, testSize: 0.5 });
    expect([found.train.length, found.test.length]).toEqual([4, 4]);
    const paths = [...found.train, ...found.test].map(({ path }) => path);
    expect(new Set(paths).size).toBe(8);
  });

  it("says where the share is not used", async () => {
    expect((await draw(root, { testSize: 0.5 })).notices).toContain(
      "the dataset is divided: the test size is not used",
    );
    expect((await draw(file, { testSize: 0.5 })).notices).toContain(
      "the file is divided: the test size is not used",
    );
  });

  it("takes a faces file, with the same pictures and embeddings", async () => {
    const pipeline = fakePipeline(detect);
    const [fromFile, fromFolder] = await Promise.all([
      draw(file, { count: 100, pipeline: async () => pipeline }),
      draw(root, { count: 100 }),
    ]);
    expect(pipeline.looks()).toBe(0);
    expect(fromFile.testPhotos).toBe(14);
    expect(fromFile.looked.filter(({ kind }) => kind === "none")).toHaveLength(2);
    const byPath = new Map([...fromFolder.train, ...fromFolder.test].map((face) => [face.path, face]));
    for (const face of [...fromFile.train, ...fromFile.test]) {
      const other = byPath.get(face.path)!;
      expect(face.label).toBe(other.label);
      expect(face.part).toBe(other.part);
      expect(face.embedding).toEqual(other.embedding);
      expect(Buffer.compare(face.crop.data, other.crop.data)).toBe(0);
      expect(face.landmarks[2].x).toBeCloseTo(other.landmarks[2].x, 4);
    }
    expect(byPath.size).toBe(fromFile.train.length + fromFile.test.length);
  });

  it("takes no test face from a file that is in its training part as well", async () => {
    const { embedder } = fakePipeline(detect);
    const { photos, provenance } = await readFacesFile(file, embedder.aligner);
    const learned = photos.find(({ kind, part }) => kind === "face" && part === "train")!;
    const leaky = join(folder, "leaky.npz");
    const copy = { ...learned, path: "copy.png", part: "test" as const };
    await writeFacesFile(leaky, [...photos, copy], provenance!, embedder.aligner.size);
    const found = await draw(leaky, { count: 100 });
    expect(found.testPhotos).toBe(14);
    expect(found.test.map(({ path }) => path)).not.toContain("copy.png");
    expect(found.notices).toContain(
      `1 test photo is also in train, and not tested on: copy.png = ${learned.path}`,
    );
  });

  it.each([
    ["one", {}, /^one person only: .*one \(it takes at least two people\)/],
    ["faceless", {}, /^nobody with a face to learn from: .*faceless/],
    ["blind", {}, /^no test photo with a face in .*blind \(4 test photos\)/],
    ["nowhere", {}, /^cannot open dataset: .*nowhere \(no such file or folder\)/],
    ["people", { count: 0 }, /^invalid count: 0 \(must be an integer >= 1\)/],
  ])("refuses %s", async (name, options, message) => {
    const run = draw(join(folder, name), options);
    await expect(run).rejects.toThrow(InputError);
    await expect(run).rejects.toThrow(message);
  });

  it("refuses a file that was cut for another embedder", async () => {
    const aligner = { ...fakePipeline(detect).embedder.aligner, name: "other-112" };
    await expect(readFacesFile(file, aligner)).rejects.toThrow(/its chips were cut by dlib-150/);
  });
});

describe("predictFace", () => {
  /** Answers with what it is told. */
  const model = (prediction: Prediction): Model => ({
    labels: ["Green", "Red"],
    dimensions: 3,
    chosen: {},
    predictProba: () => Float64Array.of(0.3, 0.7),
    predict: () => prediction,
  });

  it("shows the nearest face of the predicted person, and of anybody for `unknown`", async () => {
    const { train, test } = await draw(root, { count: 100 });
    const red = test.find(({ label }) => label === "Red")!;
    const away = (a: Embedding, b: Embedding) => Math.hypot(...a.map((value, i) => value - b[i]!));
    const nearestOf = (label?: string) =>
      train
        .filter((face) => label === undefined || face.label === label)
        .toSorted((a, b) => away(a.embedding, red.embedding) - away(b.embedding, red.embedding))[0]!;

    const wrong = predictFace(model({ kind: "person", label: "Green", score: 1 }), red, train);
    expect(wrong).toMatchObject({ correct: false, probability: 0.3, nearest: { label: "Green" } });
    expect(wrong.nearest.path).toBe(nearestOf("Green").path);
    expect(wrong.distance).toBeCloseTo(away(wrong.nearest.embedding, red.embedding), 6);

    const right = predictFace(model({ kind: "person", label: "Red", score: 1 }), red, train);
    expect(right).toMatchObject({ correct: true, probability: 0.7, nearest: { label: "Red" } });

    const unknown = predictFace(model({ kind: "unknown", score: 0 }), red, train);
    expect(unknown).toMatchObject({ correct: false, probability: 0.7 });
    expect(unknown.nearest.path).toBe(nearestOf().path);
  });

  it("agrees with a model that was fitted", async () => {
    const { train, test } = await draw(root, { count: 100 });
    const fitted = await nearestNeighbours({ nNeighbors: 1 }).fit(train, createRandom(0));
    const answers = test.map((face) => predictFace(fitted, face, train));
    expect(answers.map(({ correct }) => correct)).toEqual(test.map(() => true));
  });

  it("refuses a gallery without the predicted person", async () => {
    const { train, test } = await draw(root);
    const stranger = model({ kind: "person", label: "Blue", score: 1 });
    expect(() => predictFace(stranger, test[0]!, train)).toThrow(/^no training face of Blue/);
  });
});
