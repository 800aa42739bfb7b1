import { join } from "node:path";
import {
  type EmbeddedPhoto,
  type EmbeddedSet,
  type NpyArray,
  readEmbeddingsFile,
  readEncodingsFile,
  readNpz,
  writeEmbeddingsFile,
  writeEncodingsFile,
  writeNpz,
} from "facelab";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";

const folder = await temporaryFolder();
const sha = (digit: string): string => digit.repeat(64);
const face = (path: string, part: "train" | "test", more: object = {}): EmbeddedPhoto => ({
  path,
  label: "ada",
  part,
  kind: "face",
  embedding: Float32Array.of(1, 2),
  ...more,
});
const setOf = (photos: EmbeddedPhoto[]): EmbeddedSet => ({ name: "people", photos, provenance: null });

const known = setOf([
  face("1.jpg", "train", { sha256: sha("a"), imageHash: "0123456789abcdef" }),
  face("2.jpg", "train", { sha256: sha("b") }),
  face("3.jpg", "test"),
  face("4.jpg", "test", { sha256: sha("a"), imageHash: "0123456789abcdef" }),
  {
    ...{ path: "5.jpg", label: "ada", part: "test", sha256: sha("c"), imageHash: "00000000ffffffff" },
    ...{ kind: "none", reason: "no face found", detail: "" },
  },
]);

const files = {
  encodings: { write: writeEncodingsFile, read: readEncodingsFile, name: "photoSha256" },
  embeddings: { write: writeEmbeddingsFile, read: readEmbeddingsFile, name: "testSha256" },
} as const;

describe.each(Object.entries(files))("a file of %s", (kind, { write, read, name }) => {
  const path = join(folder, `${kind}.npz`);

  it("says of every photo what tells copies, as far as it is known", async () => {
    await write(path, known);
    const { photos } = await read(path);
    expect(photos).toEqual(known.photos);
  });

  it("has no such arrays where nothing is known", async () => {
    await write(path, setOf([face("1.jpg", "train"), face("2.jpg", "test")]));
    expect(Object.keys(await readNpz(path)).filter((array) => /sha256|hash/i.test(array))).toEqual([]);
    expect((await read(path)).photos.map(({ sha256, imageHash }) => [sha256, imageHash])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  it("is refused where they are damaged", async () => {
    await write(path, known);
    const arrays = await readNpz(path);
    const column = arrays[name] as Extract<NpyArray, { dtype: "unicode" }>;
    const data = column.data.map((text) => (text === "" ? text : "no hash"));
    await writeNpz(path, { ...arrays, [name]: { ...column, data } });
    await expect(read(path)).rejects.toThrow(`${name} holds "no hash" (expected 64 hexadecimal digits)`);
    await writeNpz(path, { ...arrays, [name]: { ...column, shape: [1], data: [sha("a")] } });
    await expect(read(path)).rejects.toThrow(`${name} is unicode 1`);
  });
});
