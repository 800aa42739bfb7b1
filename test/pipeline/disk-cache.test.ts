import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { cacheSize, cleanCache, diskCache } from "facelab";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";

const folder = await temporaryFolder();
let folders = 0;
const fresh = (): string => join(folder, `cache ${folders++}`);

/** All files of a cache whose path holds a word. */
async function files(directory: string, word: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path.slice(directory.length).includes(word));
}

describe("diskCache", () => {
  it("gives back what was put, also to another one on the same folder", async () => {
    const directory = fresh();
    const cache = diskCache(directory);
    expect(await cache.get(["a", 1])).toBeUndefined();
    await cache.put(["a", 1], { numbers: [1, 2.5], text: "Zoë \u{1f600}" });
    await cache.put(["a", 2], null);
    expect(await cache.get(["a", 1])).toEqual({ numbers: [1, 2.5], text: "Zoë \u{1f600}" });
    expect(await diskCache(directory).get(["a", 1])).toEqual({ numbers: [1, 2.5], text: "Zoë \u{1f600}" });
    expect(await cache.get(["a", 2])).toBeNull();
    expect(cache.trouble()).toBeUndefined();
  });

  it("tells keys apart that differ in anything", async () => {
    const cache = diskCache(fresh());
    const keys = [
      ["a"],
      ["a", ""],
      ["a", null],
      [["a"]],
      ["a", 0],
      ["a", "0"],
      ["a", { b: 1 }],
      ["a", { b: 2 }],
    ];
    for (const [i, key] of keys.entries()) await cache.put(key, i);
    expect(await Promise.all(keys.map((key) => cache.get(key)))).toEqual([...keys.keys()]);
    await cache.put(["a"], "again");
    expect(await cache.get(["a"])).toBe("again");
  });

  it.each(["content", "index"])("computes again what is damaged, and keeps it then: %s", async (what) => {
    for (const damage of ["truncate", "flip", "empty"] as const) {
      const directory = fresh();
      const cache = diskCache(directory);
      await cache.put(["key"], { value: "kept" });
      const [file = ""] = await files(directory, what);
      const bytes = await readFile(file);
      if (damage === "truncate") await truncate(file, bytes.length - 3);
      if (damage === "empty") await truncate(file, 0);
      if (damage === "flip") {
        const middle = Math.floor(bytes.length / 2);
        bytes[middle] = bytes[middle]! ^ 1;
        await writeFile(file, bytes);
      }
      expect(await cache.get(["key"]), damage).toBeUndefined();
      await cache.put(["key"], { value: "kept" });
      expect(await cache.get(["key"]), damage).toEqual({ value: "kept" });
      expect(cache.trouble()).toBeUndefined();
    }
  });

  it("is empty where it can neither be read nor written, and says so", async () => {
    const file = join(folder, "a file");
    await writeFile(file, "mine");
    const cache = diskCache(join(file, "cache"));
    expect(await cache.get(["key"])).toBeUndefined();
    await cache.put(["key"], 1);
    expect(await cache.get(["key"])).toBeUndefined();
    expect(cache.trouble()).toMatch(/^cache not (used|written): .*a file/);
    expect(await readFile(file, "utf8")).toBe("mine");
  });

  it("serves two processes that put and get the same keys at once", async () => {
    const directory = fresh();
    await mkdir(directory);
    const script = `
      import { diskCache } from "facelab";
      const cache = diskCache(process.argv[1]);
      for (let i = 0; i < 60; i++) {
        const value = await cache.get([i % 20]);
        if (value !== undefined && value.square !== (i % 20) ** 2) throw new Error("wrong: " + JSON.stringify(value));
        await cache.put([i % 20], { square: (i % 20) ** 2, padding: "x".repeat(1000) });
      }
      if (cache.trouble()) throw new Error(cache.trouble());
    `;
    const root = new URL("../..", import.meta.url);
    const children = [1, 2, 3].map(() =>
      spawn(process.execPath, ["--input-type=module", "-e", script, directory], {
        cwd: root,
        stdio: "inherit",
      }),
    );
    const codes = await Promise.all(children.map(async (child) => (await once(child, "exit"))[0]));
    expect(codes).toEqual([0, 0, 0]);
    const cache = diskCache(directory);
    for (let i = 0; i < 20; i++) expect(await cache.get([i])).toMatchObject({ square: i ** 2 });
  });
});

describe("cacheSize and cleanCache", () => {
  it("count and delete", async () => {
    const directory = fresh();
    expect(await cacheSize(directory)).toEqual({ entries: 0, bytes: 0 });
    await cleanCache(directory);
    const cache = diskCache(directory);
    await cache.put([1], "abc");
    await cache.put([2], "defgh");
    expect(await cacheSize(directory)).toEqual({ entries: 2, bytes: 5 + 7 });
    await cleanCache(directory);
    expect(await cacheSize(directory)).toEqual({ entries: 0, bytes: 0 });
    expect(await cache.get([1])).toBeUndefined();
  });
});
