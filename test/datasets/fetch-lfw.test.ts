import { cpSync, existsSync, rmSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import {
  type FetchLfwOptions,
  fetchLfw,
  InputError,
  lfwArchives,
  lfwPairs,
  type RemoteFile,
  takeLfw,
} from "facelab";
import { create } from "tar";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { installLfw } from "../../src/lib/dist/datasets/install-lfw.js";
import { sha256 } from "../../src/lib/dist/inference/sha256.js";
import { type FileServer, fileServer, sendFile } from "../support/file-server.js";
import { itWithShared, sharedPath } from "../support/shared.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** A small LFW: laid out as the archives are, with the lists that the funneled one holds beside the people. */
const size = { people: 3, photos: 4 };
const photos = ["Ann/Ann_0001.jpg", "Ann/Ann_0002.jpg", "Bo_Li/Bo_Li_0001.jpg", "Cy/Cy_0001.jpg"];
let source: string;
let archive: Buffer;
let pairs: Buffer;
beforeAll(async () => {
  source = await temporaryFolder();
  for (const path of photos) {
    await mkdir(join(source, "lfw_funneled", path, ".."), { recursive: true });
    await writeFile(join(source, "lfw_funneled", path), `photo ${path}`);
  }
  await writeFile(join(source, "lfw_funneled/pairs_01.txt"), "a list");
  await create({ gzip: true, file: join(source, "small.tgz"), cwd: source }, ["lfw_funneled"]);
  archive = await readFile(join(source, "small.tgz"));
  pairs = Buffer.from("10\t300\n");
});

let to: string;
beforeEach(async () => {
  to = await temporaryFolder();
});

const remote = (name: string, content: Buffer): RemoteFile => ({
  name,
  urls: [],
  sha256: sha256(content),
  bytes: content.length,
});
/** A server of both files that counts requests. */
const mirror = (breakAfter?: number) =>
  fileServer((response, request, n) => {
    const content = request.url?.endsWith("pairs.txt") ? pairs : archive;
    sendFile(response, request, content, n === 1 && breakAfter ? { breakAfter } : {});
  });
const options = (server: FileServer): FetchLfwOptions => ({
  mirrors: [`${server.url}/lfw/`],
  archive: remote("lfw-funneled.tgz", archive),
  pairs: remote("pairs.txt", pairs),
  size,
  firstPause: 1,
});
const expectPhotos = async (folder: string) => {
  for (const path of photos) expect(await readFile(join(folder, path), "utf8")).toBe(`photo ${path}`);
};

describe("fetchLfw", () => {
  it("leaves the people, pairs.txt and nothing else", async () => {
    const server = await mirror();
    const folder = join(to, "lfw-funneled");
    let unpacking = 0;
    const fetched = await fetchLfw(to, { ...options(server), onUnpack: () => void unpacking++ });
    expect(fetched).toEqual({ kind: "fetched", folder, verified: "lfw-funneled", ...size });
    expect((await readdir(to)).sort()).toEqual(["lfw-funneled", "pairs.txt"]);
    await expectPhotos(folder);
    expect(server.paths).toEqual(["/lfw/pairs.txt", "/lfw/lfw-funneled.tgz"]);
    expect(unpacking).toBe(1);
  });

  it("does nothing where all of it is there", async () => {
    const server = await mirror();
    await fetchLfw(to, options(server));
    const again = await fetchLfw(to, options(server));
    expect(again).toMatchObject({ kind: "complete", ...size });
    expect(server.paths).toHaveLength(2);
  });

  it("unpacks an archive that came in an earlier run, and clears away what that run half unpacked", async () => {
    const server = await mirror();
    await writeFile(join(to, "lfw-funneled.tgz"), archive);
    const half = join(to, `lfw-funneled.unpacked-${hostname()}-999999999-0`);
    await mkdir(join(half, "lfw_funneled/Ann"), { recursive: true });
    expect(await fetchLfw(to, options(server))).toMatchObject({ kind: "fetched" });
    expect(server.paths).toEqual(["/lfw/pairs.txt"]);
    expect((await readdir(to)).sort()).toEqual(["lfw-funneled", "pairs.txt"]);
  });

  it("does not touch a folder with a part of LFW", async () => {
    const server = await mirror();
    const folder = join(to, "lfw-funneled");
    await cp(join(source, "lfw_funneled"), folder, { recursive: true });
    await rm(join(folder, "Cy"), { recursive: true });
    await expect(fetchLfw(to, options(server))).rejects.toThrow(
      new InputError(
        `in the way: ${folder} (not all of LFW, which is 3 people, 4 photos; move it away to fetch it again)`,
      ),
    );
    expect(existsSync(join(folder, "Ann"))).toBe(true);
  });

  it("refuses an archive that is not all of LFW, though its sha256 is right", async () => {
    const server = await mirror();
    const run = fetchLfw(to, { ...options(server), size: { people: 3, photos: 5 } });
    await expect(run).rejects.toThrow(
      new InputError(
        `not all of LFW: ${join(to, "lfw-funneled.tgz")} (3 people, 4 photos; expected 3 people, 5 photos)`,
      ),
    );
    expect((await readdir(to)).sort()).toEqual(["lfw-funneled.tgz", "pairs.txt"]);
  });

  it("may run twice at once", async () => {
    const server = await mirror();
    const runs = await Promise.all([fetchLfw(to, options(server)), fetchLfw(to, options(server))]);
    for (const run of runs) expect(run).toMatchObject(size);
    expect((await readdir(to)).sort()).toEqual(["lfw-funneled", "pairs.txt"]);
    await expectPhotos(join(to, "lfw-funneled"));
  });

  it("takes what another process has put in place while it unpacked", async () => {
    const people = join(source, "lfw_funneled");
    const folder = join(to, "lfw-funneled");
    await installLfw(folder, size, "an archive", async (inside) => {
      for (const path of [inside, folder]) await cp(people, path, { recursive: true });
    });
    await expectPhotos(folder);
    expect(await readdir(to)).toEqual(["lfw-funneled"]);
  });

  it("is complete where another process has unpacked and removed the archive meanwhile", async () => {
    const folder = join(to, "lfw-funneled");
    const onUnpack = () => {
      cpSync(join(source, "lfw_funneled"), folder, { recursive: true });
      rmSync(join(to, "lfw-funneled.tgz"));
    };
    const fetched = await fetchLfw(to, { ...options(await mirror()), onUnpack });
    expect(fetched).toMatchObject({ kind: "complete", ...size });
    expect((await readdir(to)).sort()).toEqual(["lfw-funneled", "pairs.txt"]);
  });

  it("asks for addresses and hashes that scikit-learn publishes", () => {
    expect(Object.values(lfwArchives).map(({ urls }) => urls)).toEqual([
      ["https://ndownloader.figshare.com/files/5976015"],
      ["https://ndownloader.figshare.com/files/5976018"],
    ]);
  });
  itWithShared("data/lfw/pairs.txt")("knows pairs.txt as it is", async () => {
    const content = await readFile(sharedPath("data/lfw/pairs.txt"));
    expect(lfwPairs).toMatchObject({ sha256: sha256(content), bytes: content.length });
  });
});

describe("takeLfw", () => {
  it("takes an archive of any version, whose sha256 says nothing", async () => {
    const from = join(source, "lfw-deepfunneled.tgz");
    await writeFile(from, archive);
    const folder = join(to, "lfw-deepfunneled");
    expect(await takeLfw(from, to, { size })).toEqual({ kind: "fetched", folder, ...size });
    await expectPhotos(folder);
    expect(await readdir(to)).toEqual(["lfw-deepfunneled"]);
    expect(existsSync(from)).toBe(true);
    expect(await takeLfw(from, to, { size })).toEqual({ kind: "complete", folder, ...size });
  });

  it("takes a folder, photos only", async () => {
    const from = join(source, "lfw_funneled");
    expect(await takeLfw(`${from}/`, to, { size })).toMatchObject({ kind: "fetched" });
    await expectPhotos(join(to, "lfw_funneled"));
    expect(await readdir(join(to, "lfw_funneled"))).toEqual(["Ann", "Bo_Li", "Cy"]);
  });

  it("leaves a folder where it is that is there already", async () => {
    expect(await takeLfw(join(source, "lfw_funneled"), source, { size })).toMatchObject({ kind: "complete" });
    expect(existsSync(join(source, "lfw_funneled/pairs_01.txt"))).toBe(true);
  });

  it.each<[string, () => Promise<string>, RegExp]>([
    ["nothing", async () => join(to, "no.tgz"), /^cannot read .*no\.tgz \(ENOENT/],
    [
      "half an archive",
      () => put("half.tgz", archive.subarray(0, 200)),
      /^cannot unpack .*it is cut off; get it/,
    ],
    ["a text", () => put("list.txt", pairs), /^cannot unpack .*list\.txt \(not a \.tgz/],
    ["other people", () => others(), /^not LFW: .*others\.tgz \(expected NAME\/NAME_0001\.jpg\)/],
    ["a part", () => part(), /^not all of LFW: .*part \(1 people, 2 photos; expected 3 people, 4 photos\)/],
  ])("refuses %s, and leaves nothing", async (_, make, message) => {
    const from = await make();
    const error = await takeLfw(from, join(to, "new"), { size }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(message);
    expect(await readdir(join(to, "new")).catch(() => [])).toEqual([]);
  });

  const put = async (name: string, content: Buffer) => {
    await writeFile(join(to, name), content);
    return join(to, name);
  };
  const others = async () => {
    await mkdir(join(to, "class/Ada"), { recursive: true });
    await writeFile(join(to, "class/Ada/holiday.jpg"), "");
    await create({ gzip: true, file: join(to, "others.tgz"), cwd: to }, ["class"]);
    return join(to, "others.tgz");
  };
  const part = async () => {
    await cp(join(source, "lfw_funneled/Ann"), join(to, "part/Ann"), { recursive: true });
    return join(to, "part");
  };
});
