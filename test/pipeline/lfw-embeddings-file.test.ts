import { join } from "node:path";
import {
  createRandom,
  InputError,
  type LfwEmbeddings,
  lfwEmbeddedSet,
  readLfwEmbeddings,
  readNpz,
  writeLfwEmbeddings,
  writeNpz,
} from "facelab";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";

const path = join(await temporaryFolder(), "lfw.npz");
const random = createRandom(5);
/** Numbers as dlib's descriptors have them, and some very small ones. */
const embedding = (): Float32Array =>
  Float32Array.from({ length: 128 }, (_, i) => (random.uniform() - 0.5) * (i < 120 ? 0.8 : 1e-5));
const lfw: LfwEmbeddings = {
  names: ["Aaron_Eckhart", "Abdel_Madi_Shabneh", "Abdel_Madi_Shabneh"],
  numbers: [1, 2, 123],
  found: [true, false, true],
  embeddings: [embedding(), embedding(), embedding()],
  provenance: null,
};

describe("LFW's embeddings", () => {
  it("come back from their file, rounded to half precision and no further", async () => {
    await writeLfwEmbeddings(path, lfw);
    const read = await readLfwEmbeddings(path);
    expect({ ...read, embeddings: null }).toEqual({ ...lfw, embeddings: null });
    const arrays = await readNpz(path);
    expect(arrays.embeddings).toMatchObject({ dtype: "float16", shape: [3, 128] });
    expect(arrays.found).toMatchObject({ dtype: "bool", shape: [3] });
    let rounded = 0;
    for (const [row, original] of lfw.embeddings.entries()) {
      expect(read.embeddings[row]).toHaveLength(128);
      for (const [i, value] of original.entries()) {
        const found = read.embeddings[row]![i]!;
        // Half a step: 2^-11 of the value, or 2^-25 where numbers are too small for an exponent of their own.
        expect(Math.abs(found - value)).toBeLessThanOrEqual(Math.max(Math.abs(value) * 2 ** -11, 2 ** -25));
        if (found !== value) rounded++;
      }
    }
    expect(rounded).toBeGreaterThan(300);
    // What is rounded already stays as it is.
    await writeLfwEmbeddings(path, read);
    expect(await readLfwEmbeddings(path)).toEqual(read);
  });

  it("are kept with where they come from", async () => {
    const step = { name: "x", params: { minFaceSize: 20 }, models: [] };
    const provenance = { detector: step, face: "centre", aligner: step, embedder: step };
    await writeLfwEmbeddings(path, { ...lfw, provenance });
    expect((await readLfwEmbeddings(path)).provenance).toEqual(provenance);
  });

  it("are refused where a column has another length or kind", async () => {
    await writeLfwEmbeddings(path, lfw);
    const arrays = await readNpz(path);
    const short = { dtype: "unicode", shape: [2], data: ["a", "b"] } as const;
    await writeNpz(path, { ...arrays, names: short });
    await expect(readLfwEmbeddings(path)).rejects.toThrow(
      new InputError(`${path}: names is unicode 2 (expected unicode 3)`),
    );
    const { found, ...rest } = arrays;
    await writeNpz(path, rest);
    await expect(readLfwEmbeddings(path)).rejects.toThrow(
      `${path} has no array found (is it the right file?)`,
    );
  });

  it("are a dataset: where no face was found, the stand-in is not used", () => {
    const set = lfwEmbeddedSet("lfw", lfw, [2, 0, 1]);
    expect(set).toEqual({
      name: "lfw",
      provenance: null,
      photos: [
        {
          path: "Abdel_Madi_Shabneh/Abdel_Madi_Shabneh_0123.jpg",
          label: "Abdel_Madi_Shabneh",
          kind: "face",
          embedding: lfw.embeddings[2],
        },
        {
          path: "Aaron_Eckhart/Aaron_Eckhart_0001.jpg",
          label: "Aaron_Eckhart",
          kind: "face",
          embedding: lfw.embeddings[0],
        },
        {
          path: "Abdel_Madi_Shabneh/Abdel_Madi_Shabneh_0002.jpg",
          label: "Abdel_Madi_Shabneh",
          kind: "none",
          reason: "no face found",
          detail: "",
        },
      ],
    });
  });
});
