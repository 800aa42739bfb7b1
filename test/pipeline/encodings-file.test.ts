import { execFileSync } from "node:child_process";
import { join } from "node:path";
import {
  createRandom,
  type EmbeddedPhoto,
  type EmbeddedSet,
  InputError,
  type NpyArray,
  openDataset,
  readEmbeddingsFile,
  readEncodingsFile,
  readNpz,
  writeEncodingsFile,
  writeNpz,
} from "facelab";
import { describe, expect, it } from "vitest";
import { syntheticSet } from "../evaluation/synthetic-set.js";
import { hostileLabels } from "../support/read-with-pandas.js";
import { itWithNumpy, numpyPython } from "../support/shared.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const folder = await temporaryFolder();
const path = join(folder, "encodings.npz");
const step = { name: "x", params: { minFaceSize: 20 }, models: [] };
const provenance = { detector: step, face: "centre", aligner: step, embedder: step };
const set: EmbeddedSet = {
  ...syntheticSet(Object.fromEntries(hostileLabels.map((label) => [label, "x-xx"]))),
  provenance,
};

/** Faces first, then the photos without, each in their order. */
const sorted = (photos: readonly EmbeddedPhoto[]): EmbeddedPhoto[] => [
  ...photos.filter(({ kind }) => kind === "face"),
  ...photos.filter(({ kind }) => kind === "none"),
];

describe("an encodings file", () => {
  it("gives back every photo: embedding, label, path, reason and provenance", async () => {
    await writeEncodingsFile(path, set);
    expect(await readEncodingsFile(path)).toEqual({ name: path, photos: sorted(set.photos), provenance });
    const arrays = await readNpz(path);
    const count = 3 * hostileLabels.length;
    expect(arrays.X).toMatchObject({ dtype: "float32", shape: [count, 8] });
    expect(arrays.y).toMatchObject({ dtype: "unicode", shape: [count] });
    expect(arrays.paths).toMatchObject({ dtype: "unicode", shape: [count] });
    expect(arrays.skippedPaths).toMatchObject({ shape: [hostileLabels.length] });
    expect(arrays.parts).toBeUndefined();
  });

  it("keeps the parts of a dataset that is divided, also of photos without a face", async () => {
    const parts = ["train", "train", "test", "test"] as const;
    const photos = set.photos.map((photo, i) => ({ ...photo, part: parts[i % 4]! }));
    await writeEncodingsFile(path, { ...set, photos });
    expect((await readEncodingsFile(path)).photos).toEqual(sorted(photos));
    expect((await readNpz(path)).parts).toMatchObject({ dtype: "unicode" });
  });

  it("is opened as a dataset, with people drawn from it", async () => {
    await writeEncodingsFile(path, set);
    const pipeline = () => Promise.reject(new Error("nothing has to be embedded"));
    const random = createRandom(1);
    const whole = await openDataset(path, { pipeline, random });
    expect(whole).toEqual({ set: await readEncodingsFile(path), ignored: [], leftOut: [] });
    const drawn = await openDataset(path, { pipeline, random, people: 4, photosPerPerson: 2 });
    expect(drawn.set.photos).toHaveLength(8);
  });

  it("may be somebody else's, with X and y alone", async () => {
    const X: NpyArray = { dtype: "float64", shape: [2, 3], data: Float64Array.of(1, 2, 3, 4, 5, 6) };
    await writeNpz(path, { X, y: { dtype: "unicode", shape: [2], data: ["a", "b"] } });
    expect(await readEncodingsFile(path)).toEqual({
      name: path,
      provenance: null,
      photos: [
        { path: "row 0", label: "a", kind: "face", embedding: Float32Array.of(1, 2, 3) },
        { path: "row 1", label: "b", kind: "face", embedding: Float32Array.of(4, 5, 6) },
      ],
    });
  });

  it("is refused where it is damaged, and not written without a face", async () => {
    await writeEncodingsFile(path, set);
    const arrays = await readNpz(path);
    const text = (data: readonly string[]): NpyArray => ({ dtype: "unicode", shape: [data.length], data });
    const refused = async (change: Record<string, NpyArray>): Promise<string> => {
      await writeNpz(path, { ...arrays, ...change });
      const error = await readEncodingsFile(path).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(InputError);
      return (error as Error).message;
    };
    const count = 3 * hostileLabels.length;
    expect(await refused({ y: text(["a"]) })).toContain(`y is unicode 1 (expected unicode ${count})`);
    const parts = text(Array.from({ length: count }, () => "val"));
    expect(await refused({ parts })).toContain('parts holds "val" (expected train or test)');
    const bad = Float32Array.from(arrays.X!.data as Float32Array);
    bad[3] = Number.NaN;
    expect(await refused({ X: { dtype: "float32", shape: [count, 8], data: bad } })).toContain("not finite");
    const empty = writeEncodingsFile(path, syntheticSet({ Ada: "--" }));
    await expect(empty).rejects.toThrow("no photo with a face: synthetic (2 photos looked at)");
  });

  it("without parts is no file of embed: its skipped photos need one there", async () => {
    await writeEncodingsFile(path, set);
    const { X, y, ...rest } = await readNpz(path);
    await writeNpz(path, { ...rest, trainX: X!, trainy: y!, testX: X!, testy: y! });
    await expect(readEmbeddingsFile(path)).rejects.toThrow(/^photo without a part: /);
  });

  itWithNumpy()("is read by numpy without pickle, every label as it is", async () => {
    await writeEncodingsFile(path, set);
    const script = `
import sys, json, numpy as np
a = np.load(sys.argv[1], allow_pickle=False)
assert a["X"].dtype == np.float32 and a["y"].dtype.kind == "U" and a["paths"].dtype.kind == "U"
print(json.dumps([a["X"].tolist(), a["y"].tolist(), a["paths"].tolist(), a["skippedLabels"].tolist()]))`;
    const out = execFileSync(numpyPython!, ["-c", script, path], { encoding: "utf8" });
    const faces = set.photos.filter((photo) => photo.kind === "face");
    const none = set.photos.filter((photo) => photo.kind === "none");
    expect(JSON.parse(out)).toEqual([
      faces.map(({ embedding }) => [...embedding]),
      faces.map(({ label }) => label),
      faces.map((face) => face.path),
      none.map(({ label }) => label),
    ]);
  });
});
