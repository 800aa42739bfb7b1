import { mkdir, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { dlibAligner, dlibEmbedder, onnxSession } from "facelab";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { dlibModelFile } from "../../src/lib/dist/embedding/dlib-model-file.js";
import { sha256 } from "../../src/lib/dist/inference/sha256.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const root = await temporaryFolder();
let home: string;
let runs = 0;

beforeEach(async () => {
  home = join(root, `cache ${runs++}`);
  vi.stubEnv("XDG_CACHE_HOME", home);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** The graph's path in the cache, which must hold it, its hash, and nothing else. */
async function cachedPath(): Promise<string> {
  const names = (await readdir(join(home, "facelab"))).sort();
  expect(names).toHaveLength(2);
  expect(names[1]).toBe(`${names[0]}.sha256`);
  return join(home, "facelab", names[0]!);
}

// The graph has 22 MB: it is compared by its hash, because toEqual would take minutes.
describe("dlibModelFile", () => {
  it("writes the graph into XDG_CACHE_HOME at first use, under the hash of the weights", async () => {
    const { model, source, sha256: hash } = await dlibModelFile();
    expect(sha256(await readFile(source.replace("-weights_manifest.json", ".bin")))).toBe(hash);
    const path = await cachedPath();
    expect(path).toContain(hash.slice(0, 16));
    expect(sha256(await readFile(path))).toBe(sha256(model));
    expect(await readFile(`${path}.sha256`, "utf8")).toBe(sha256(model));
    const session = await onnxSession(model);
    const { descriptors } = await session.run({
      chips: { dims: [1, 150, 150, 3], data: new Uint8Array(3 * 150 * 150) },
    });
    expect(descriptors?.dims).toEqual([1, 128]);
  });

  it("takes the cached graph from then on", async () => {
    const first = await dlibModelFile();
    const path = await cachedPath();
    // Another content with a hash that fits: that it comes back shows that the file is read and nothing is converted.
    await writeFile(path, "another graph");
    await writeFile(`${path}.sha256`, sha256("another graph"));
    const second = await dlibModelFile();
    expect(Buffer.from(second.model).toString()).toBe("another graph");
    expect(second.sha256).toBe(first.sha256);
  });

  it.each<[string, (path: string) => Promise<unknown>]>([
    ["cut short", (path) => truncate(path, 1000)],
    ["empty", (path) => truncate(path, 0)],
    ["without its hash", (path) => rm(`${path}.sha256`)],
    ["with a damaged hash", (path) => writeFile(`${path}.sha256`, "0".repeat(64))],
  ])("writes a cached graph again that is %s", async (_, damage) => {
    const { model } = await dlibModelFile();
    const path = await cachedPath();
    await damage(path);
    expect(sha256((await dlibModelFile()).model)).toBe(sha256(model));
    expect(await cachedPath()).toBe(path);
    expect(sha256(await readFile(path))).toBe(sha256(model));
    expect(await readFile(`${path}.sha256`, "utf8")).toBe(sha256(model));
  });

  it("notices a single altered byte", async () => {
    const { model } = await dlibModelFile();
    const path = await cachedPath();
    const altered = await readFile(path);
    altered[altered.length >> 1]! ^= 1;
    await writeFile(path, altered);
    expect(sha256((await dlibModelFile()).model)).toBe(sha256(model));
    expect(sha256(await readFile(path))).toBe(sha256(model));
  });

  it("is written by several at a time", async () => {
    const all = await Promise.all([dlibModelFile(), dlibModelFile(), dlibModelFile()]);
    const path = await cachedPath();
    for (const { model } of all) expect(sha256(model)).toBe(await readFile(`${path}.sha256`, "utf8"));
  });

  it.each([
    ["in a place that is no folder", async () => "/dev/null/x"],
    [
      "with a file in its place",
      async () => {
        await mkdir(home, { recursive: true });
        await writeFile(join(home, "facelab"), "in the way");
        return home;
      },
    ],
  ])("works without a cache, %s", async (_, place) => {
    vi.stubEnv("XDG_CACHE_HOME", await place());
    const embedder = await dlibEmbedder({ aligner: dlibAligner(), mirror: false });
    const [embedding] = await embedder.embed([{ width: 150, height: 150, data: new Uint8Array(67_500) }]);
    expect(embedding).toHaveLength(128);
    await expect(stat(join(home, "facelab", "x"))).rejects.toThrow();
  });
});
