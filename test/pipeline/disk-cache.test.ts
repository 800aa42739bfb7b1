import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
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

  it("still gives what it has where nothing more can be written, and says so", async () => {
    const directory = fresh();
    await diskCache(directory).put(["old"], 1);
    // As on a disk that is full or read-only: only writing fails.
    await rm(join(directory, "tmp"), { recursive: true });
    await writeFile(join(directory, "tmp"), "in the way");
    const cache = diskCache(directory);
    expect(await cache.get(["new"])).toBeUndefined();
    await cache.put(["new"], 2);
    expect(cache.trouble()).toContain(`cache not written: ${directory} (`);
    expect([await cache.get(["old"]), await cache.get(["new"])]).toEqual([1, undefined]);
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

describe("put", () => {
  it("removes what was half written by processes that have ended, and nothing else", async () => {
    const directory = fresh();
    const ended = spawn(process.execPath, ["-e", ""]);
    await once(ended, "exit");
    const host = hostname().replaceAll(/[^\w.-]/g, "_");
    const name = (of: number | undefined, id: string) => `put.aside-${host}-${of}-0-${id}`;
    const id = "0b7f6d7e-6a3c-4b6c-9d53-2f0a4a8c1e11";
    const others = [name(process.ppid, id), name(ended.pid, "short"), id, `put.aside-elsewhere-1-0-${id}`];
    await mkdir(join(directory, "tmp"), { recursive: true });
    for (const one of [name(ended.pid, id), ...others])
      await writeFile(join(directory, "tmp", one), "cut off");
    const [first, second] = [diskCache(directory), diskCache(directory)];
    await Promise.all([first.put(["a"], "x".repeat(1e6)), second.put(["b"], 2), second.put(["c"], 3)]);
    expect((await readdir(join(directory, "tmp"))).sort()).toEqual(others.sort());
    expect(await first.get(["b"])).toBe(2);
    expect(first.trouble() ?? second.trouble()).toBeUndefined();
  });

  it("gives its files a name that says whose they are", async () => {
    const directory = fresh();
    const script = `
      import { diskCache } from "facelab";
      const cache = diskCache(process.argv[1]);
      console.log("begun");
      for (let i = 0; ; i++) await cache.put([i], "x".repeat(2e6) + i);
    `;
    const left = async () => readdir(join(directory, "tmp")).catch(() => []);
    const root = new URL("../..", import.meta.url);
    let found: string[] = [];
    for (let attempt = 0; attempt < 10 && found.length === 0; attempt++) {
      const child = spawn(process.execPath, ["--input-type=module", "-e", script, directory], {
        cwd: root,
        stdio: ["ignore", "pipe", "inherit"],
      });
      await once(child.stdout, "data");
      while ((await left()).length === 0) await new Promise(setImmediate);
      child.kill("SIGKILL");
      await once(child, "exit");
      found = await left();
      for (const one of found) expect(one).toContain(`-${child.pid}-`);
    }
    expect(found).not.toEqual([]);
    await diskCache(directory).put(["next"], 1);
    expect(await left()).toEqual([]);
  });
});

describe("cacheSize and cleanCache", () => {
  it("count and delete", async () => {
    const directory = fresh();
    expect(await cacheSize(directory)).toEqual({ entries: 0, bytes: 0, kinds: {} });
    await cleanCache(directory);
    const cache = diskCache(directory);
    await cache.put(["b", 1], "abc");
    await cache.put(["a", 2], "defgh");
    await cache.put(["b", 3], "i");
    await mkdir(join(directory, "tmp"), { recursive: true });
    await writeFile(join(directory, "tmp", "cut off"), "personal");
    const mine = [join(directory, "mine.txt"), join(folder, "beside.txt")];
    for (const path of mine) await writeFile(path, "not of the cache");
    const size = await cacheSize(directory);
    expect(size).toEqual({ entries: 3, bytes: 5 + 7 + 3, kinds: { a: 1, b: 2 } });
    expect(Object.keys(size.kinds)).toEqual(["a", "b"]);
    await cleanCache(directory);
    expect(await cacheSize(directory)).toEqual({ entries: 0, bytes: 0, kinds: {} });
    expect(await cache.get(["b", 1])).toBeUndefined();
    // Neither the values themselves nor what was cut off is left, and nothing else is touched.
    expect(await files(directory, "")).toEqual([mine[0]]);
    for (const path of mine) expect(await readFile(path, "utf8")).toBe("not of the cache");
  });
});
