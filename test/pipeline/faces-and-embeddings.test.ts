import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  createEmbedder,
  dlibAligner,
  type EmbeddedPhoto,
  type ExtractedPhoto,
  embedFacesFile,
  embedPhotos,
  extractFaces,
  type FacePipeline,
  facePipeline,
  InputError,
  type Landmarks5,
  loadFolder,
  type Photo,
  readEmbeddingsFile,
  readNpz,
  writeEmbeddingsFile,
  writeFacesFile,
  writeNpz,
} from "facelab";
import sharp from "sharp";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { largestDifference } from "../support/largest-difference.js";
import { samplePath } from "../support/sample-photos.js";
import { pixelAt } from "../support/synthetic-images.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** Who is in which photo: folders as people keep them. The photos are made smaller, the test faster. */
const people: Record<string, string[]> = {
  "Ann Lee": ["sample1.jpg", "sample2.jpg"],
  Zoë: ["sample3.jpg", "sample4.jpg"],
  李: ["sample5.jpg", "sample6.jpg"],
};
const WIDTH = 800;

const folder = await temporaryFolder();
const facesFile = join(folder, "faces-dataset.npz");
let photos: Photo[];
let pipeline: FacePipeline;
let direct: EmbeddedPhoto[];
let extracted: ExtractedPhoto[];

beforeAll(async () => {
  vi.stubEnv("XDG_CACHE_HOME", join(folder, "cache"));
  const root = join(folder, "my people");
  for (const [person, names] of Object.entries(people)) {
    await mkdir(join(root, person), { recursive: true });
    for (const name of names)
      await sharp(samplePath(name))
        .resize(WIDTH)
        .toFile(join(root, person, name));
  }
  await writeFile(join(root, "Zoë/unreadable.jpg"), "this is not a photo");
  const blank = { width: 200, height: 150, channels: 3, background: "#336699" } as const;
  await sharp({ create: blank }).png().toFile(join(root, "Ann Lee/landscape.png"));
  const { samples } = await loadFolder(root);
  expect(samples).toHaveLength(8);
  // Every other photo is for the test part: a photo without a face and one that cannot be read are in both.
  photos = samples.map((photo, i) => ({ ...photo, part: i % 2 ? "test" : "train" }));
  pipeline = await facePipeline();
  direct = await embedPhotos(photos, pipeline);
  extracted = await extractFaces(photos, pipeline, pipeline.embedder.aligner);
  await writeFacesFile(facesFile, extracted, pipeline.provenance, pipeline.embedder.aligner.size);
});

const byPath = (list: readonly EmbeddedPhoto[]) => new Map(list.map((photo) => [photo.path, photo]));

/** Largest difference between two lists of the same photos, in any order; all but the embeddings must be equal. */
function compare(found: readonly EmbeddedPhoto[], expected: readonly EmbeddedPhoto[]): number {
  expect(found).toHaveLength(expected.length);
  const known = byPath(expected);
  let largest = 0;
  for (const photo of found) {
    const other = known.get(photo.path);
    if (photo.kind === "face" && other?.kind === "face") {
      const difference = largestDifference(photo.embedding, other.embedding);
      if (!(difference <= largest)) largest = difference;
      expect({ ...photo, embedding: null }).toEqual({ ...other, embedding: null });
    } else expect(photo).toEqual(other);
  }
  return largest;
}

async function refusal(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => new Error("it was not refused"),
    (reason: unknown) => reason as Error,
  );
  expect(error, error.message).toBeInstanceOf(InputError);
  return error.message;
}

describe("from photos to embeddings", () => {
  it("finds a face in each of the sample photos, and says why there is none in the others", () => {
    expect(direct.map(({ kind }) => kind).filter((kind) => kind === "face")).toHaveLength(6);
    const none = direct.filter((photo) => photo.kind === "none");
    expect(none.map(({ label, reason, detail }) => [label, reason, detail.slice(0, 17)])).toEqual([
      ["Ann Lee", "no face found", "200 x 150 pixels"],
      ["Zoë", "unreadable", "cannot read photo"],
    ]);
  });

  it("by way of a faces file gives the same embeddings, labels, parts and reasons", async () => {
    const progress: [number, number][] = [];
    const {
      photos: found,
      provenance,
      name,
    } = await embedFacesFile(facesFile, pipeline, (...now) => progress.push(now));
    const difference = compare(found, direct);
    console.info(`faces file against photos (${pipeline.detector.name}): ${difference}`);
    expect(difference).toBeLessThanOrEqual(1e-6);
    expect(name).toBe(facesFile);
    expect(provenance).toEqual(JSON.parse(JSON.stringify(pipeline.provenance)));
    expect(progress.at(-1)).toEqual([6, 6]);
    // The train part comes first, then the test part, then the photos without a face.
    const order = found.map(({ part, kind }) => (kind === "none" ? 2 : part === "test" ? 1 : 0));
    expect(order).toEqual([...order].sort());
  });

  it("and on through an embeddings file, unchanged", async () => {
    const set = await embedFacesFile(facesFile, pipeline);
    const path = join(folder, "faces-embeddings.npz");
    await writeEmbeddingsFile(path, set);
    const read = await readEmbeddingsFile(path);
    expect(compare(read.photos, set.photos)).toBe(0);
    expect(read.photos.map((photo) => photo.path)).toEqual(set.photos.map((photo) => photo.path));
    expect(read.provenance).toEqual(set.provenance);
    expect(compare(read.photos, direct)).toBeLessThanOrEqual(1e-6);
  });
});

describe("the faces file", () => {
  it("has the arrays that the walkthroughs know, and the chips", async () => {
    const arrays = await readNpz(facesFile);
    const count = { train: 0, test: 0 };
    for (const photo of extracted) if (photo.kind === "face") count[photo.part!]++;
    for (const part of ["train", "test"] as const) {
      const n = count[part];
      expect(arrays[`${part}X`]).toMatchObject({ dtype: "uint8", shape: [n, 160, 160, 3] });
      expect(arrays[`${part}Chips`]).toMatchObject({ dtype: "uint8", shape: [n, 150, 150, 3] });
      expect(arrays[`${part}Landmarks`]).toMatchObject({ dtype: "float32", shape: [n, 5, 2] });
      expect(arrays[`${part}y`]).toMatchObject({ dtype: "unicode", shape: [n] });
      expect(arrays[`${part}Paths`]).toMatchObject({ dtype: "unicode", shape: [n] });
    }
    expect(arrays.skippedReasons?.data).toEqual(["no face found", "unreadable"]);
    expect(arrays.skippedLabels?.data).toEqual(["Ann Lee", "Zoë"]);
  });

  it("has the landmarks in the crop's pixels: the crop can be aligned by them", () => {
    for (const photo of extracted) {
      if (photo.kind === "none") continue;
      const { crop, landmarks, chip } = photo;
      for (const { x, y } of landmarks) expect(Math.min(x, y, 160 - x, 160 - y)).toBeGreaterThan(0);
      // The chip's middle, cut from the crop instead of the photo: less sharp, but the same picture.
      const difference = (shift: number): number => {
        const moved = landmarks.map(({ x, y }) => ({ x: x + shift, y })) as unknown as Landmarks5;
        const again = pipeline.embedder.aligner.align(crop, moved);
        let sum = 0;
        for (let y = 50; y < 100; y++) {
          for (let x = 50; x < 100; x++) sum += Math.abs(pixelAt(chip, x, y, 1) - pixelAt(again, x, y, 1));
        }
        return sum / 2500;
      };
      expect(difference(0), photo.path).toBeLessThan(4);
      for (const shift of [-4, 4]) expect(difference(0)).toBeLessThan(difference(shift) / 2);
    }
  });

  it("is refused where its chips were cut by another aligner", async () => {
    const zoomed = await createEmbedder(dlibAligner({ zoomOut: 1.3 }));
    const message = await refusal(embedFacesFile(facesFile, { embedder: zoomed }));
    const { params } = pipeline.embedder.aligner;
    expect(message).toBe(
      `${facesFile}: its chips were cut by dlib-150 ${JSON.stringify(params)} (this embedder needs ` +
        `dlib-150 {"size":150,"zoomOut":1.3}; run extract again)`,
    );
    const { aligner } = pipeline.embedder;
    const renamed = { ...pipeline.embedder, aligner: { ...aligner, name: "arcface" } };
    expect(await refusal(embedFacesFile(facesFile, { embedder: renamed }))).toContain("needs arcface");
  });

  it("is refused where something of it is missing or of another shape", async () => {
    const arrays = await readNpz(facesFile);
    const path = join(folder, "damaged.npz");
    const { trainChips, testPaths, skippedLabels, ...rest } = arrays;
    await writeNpz(path, rest);
    expect(await refusal(embedFacesFile(path, pipeline))).toContain("has no array trainChips");
    await writeNpz(path, { ...arrays, testPaths: { dtype: "unicode", shape: [1], data: ["one"] } });
    expect(await refusal(embedFacesFile(path, pipeline))).toContain(
      `${path}: testPaths is unicode 1 (expected`,
    );
    const small = { dtype: "uint8", shape: [0, 112, 112, 3], data: new Uint8Array(0) } as const;
    await writeNpz(path, { ...arrays, trainChips: small });
    expect(await refusal(embedFacesFile(path, pipeline))).toContain("trainChips is uint8 0 x 112 x 112 x 3");
    await writeNpz(path, { ...arrays, skippedParts: { dtype: "unicode", shape: [2], data: ["train", "?"] } });
    expect(await refusal(embedFacesFile(path, pipeline))).toContain('skippedParts holds "?"');
    await writeNpz(path, { ...arrays, provenance: { dtype: "unicode", shape: [], data: ["{"] } });
    expect(await refusal(embedFacesFile(path, pipeline))).toBe(`${path}: provenance is not JSON`);
    await writeNpz(path, {
      ...arrays,
      provenance: { dtype: "unicode", shape: [], data: ['{"face":"all"}'] },
    });
    expect(await refusal(embedFacesFile(path, pipeline))).toBe(
      `${path}: provenance names no detector or no aligner (is it facelab's file?)`,
    );
    await writeFile(path, "not a zip");
    expect(await refusal(embedFacesFile(path, pipeline))).toContain(path);
    expect(await refusal(embedFacesFile(join(folder, "nowhere.npz"), pipeline))).toContain("nowhere.npz");
  });

  it("is not written where a photo belongs to no part", async () => {
    const { part, ...photo } = extracted[0]!;
    const path = join(folder, "no-part.npz");
    const message = await refusal(
      writeFacesFile(path, [extracted[1]!, photo as ExtractedPhoto], pipeline.provenance, 150),
    );
    expect(message).toBe(`photo without a part: ${photo.path} (split the dataset into train and test first)`);
    expect(await refusal(readNpz(path))).toContain("no-part.npz");
  });
});

describe("the embeddings file", () => {
  const path = join(folder, "embeddings.npz");
  const face = (name: string, part: "train" | "test", ...embedding: number[]): EmbeddedPhoto => ({
    path: name,
    label: name.slice(0, 1),
    part,
    kind: "face",
    embedding: Float32Array.from(embedding),
  });

  it("keeps every bit, and any name", async () => {
    const set = {
      name: "x",
      provenance: null,
      photos: [
        face("Ä ö/ß.jpg", "train", 0.1, -1e-30, 3),
        face("李/😀.png", "train", 1 / 3, 1e30, -0),
        face("b", "test", 7, 8, 9),
        { path: "c/c.jpg", label: "c", part: "test", kind: "none", reason: "no face found", detail: "" },
      ] satisfies EmbeddedPhoto[],
    };
    await writeEmbeddingsFile(path, set);
    const read = await readEmbeddingsFile(path);
    expect(read).toEqual({ ...set, name: path });
    const arrays = await readNpz(path);
    expect(arrays.trainX).toMatchObject({ dtype: "float32", shape: [2, 3] });
    expect(arrays.testX).toMatchObject({ dtype: "float32", shape: [1, 3] });
  });

  it("may hold no test part, or no face at all", async () => {
    for (const photos of [[face("a", "train", 1, 2)], []]) {
      await writeEmbeddingsFile(path, { name: "x", provenance: null, photos });
      expect((await readEmbeddingsFile(path)).photos).toEqual(photos);
    }
  });

  it("may be somebody else's: float64, without paths and provenance", async () => {
    await writeNpz(path, {
      trainX: { dtype: "float64", shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) },
      trainy: { dtype: "unicode", shape: [2], data: ["a", "b"] },
      testX: { dtype: "float64", shape: [1, 2], data: Float64Array.of(0.1, 6) },
      testy: { dtype: "unicode", shape: [1], data: ["a"] },
    });
    const { photos, provenance } = await readEmbeddingsFile(path);
    expect(provenance).toBeNull();
    expect(photos).toEqual([
      { path: "train 0", label: "a", part: "train", kind: "face", embedding: Float32Array.of(1, 2) },
      { path: "train 1", label: "b", part: "train", kind: "face", embedding: Float32Array.of(3, 4) },
      { path: "test 0", label: "a", part: "test", kind: "face", embedding: Float32Array.of(0.1, 6) },
    ]);
  });

  it("is refused where labels and rows, or the two parts, do not fit", async () => {
    const label = (...data: string[]) => ({ dtype: "unicode", shape: [data.length], data }) as const;
    const rows = (n: number, d: number) =>
      ({ dtype: "float32", shape: [n, d], data: new Float32Array(n * d) }) as const;
    await writeNpz(path, { trainX: rows(2, 3), trainy: label("a"), testX: rows(1, 3), testy: label("a") });
    expect(await refusal(readEmbeddingsFile(path))).toBe(`${path}: trainy is unicode 1 (expected unicode 2)`);
    await writeNpz(path, { trainX: rows(1, 3), trainy: label("a"), testX: rows(1, 4), testy: label("a") });
    expect(await refusal(readEmbeddingsFile(path))).toBe(
      `${path}: testX has rows of 4 numbers (trainX of 3)`,
    );
    expect(await refusal(readEmbeddingsFile(facesFile))).toContain("trainX is uint8");
  });

  it("is not written where a photo belongs to no part", async () => {
    const { part, ...rest } = face("a", "train", 1);
    const set = { name: "x", provenance: null, photos: [rest as EmbeddedPhoto] };
    expect(await refusal(writeEmbeddingsFile(path, set))).toContain("photo without a part: a");
  });
});

describe("facePipeline", () => {
  it("says in its provenance all that can change a number", () => {
    const { detector, face, aligner, embedder } = pipeline.provenance;
    expect(["mtcnn", "ssd"]).toContain(detector.name);
    expect(detector.models.length).toBeGreaterThan(0);
    expect(face).toBe("centre");
    expect(aligner).toEqual({ name: "dlib-150", params: dlibAligner().params, models: [] });
    expect(embedder).toMatchObject({ name: "dlib", params: { mirror: true } });
    expect(embedder?.models[0]?.engine).toBe("onnxruntime-node");
    expect(JSON.parse(JSON.stringify(pipeline.provenance))).toEqual(pipeline.provenance);
  });

  it("hands the options on, and refuses what it does not know", async () => {
    const other = await facePipeline({
      detector: "ssd",
      face: "all",
      mirror: false,
      engine: "onnxruntime-web",
    });
    expect(other.face).toBe("all");
    expect(other.notices).toEqual([]);
    expect(other.provenance).toMatchObject({
      detector: { name: "ssd" },
      face: "all",
      embedder: { params: { mirror: false }, models: [{ engine: "onnxruntime-web" }] },
    });
    expect(await refusal(facePipeline({ face: "biggest" }))).toContain("unknown face choice: biggest");
    expect(await refusal(facePipeline({ detector: "yolo" }))).toContain("unknown detector: yolo");
    expect(await refusal(facePipeline({ engine: "torch" }))).toContain("unknown engine: torch");
    expect(await refusal(facePipeline({ precision: "int4" }))).toContain("unknown precision: int4");
  });
});
