import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { InputError, unpackTgz } from "facelab";
import { create, Header, type HeaderData } from "tar";
import { beforeEach, describe, expect, it } from "vitest";
import { someBytes } from "../support/file-server.js";
import { temporaryFolder } from "../support/temporary-folder.js";

let dir: string;
let archive: string;
let out: string;
beforeEach(async () => {
  dir = await temporaryFolder();
  archive = join(dir, "photos.tgz");
  out = join(dir, "a/b/out");
});

type Entry = HeaderData & { readonly content?: string };

/** A .tar of any entries, also of such as no tar program would write. */
function tarOf(entries: readonly Entry[]): Buffer {
  const blocks = entries.flatMap(({ content = "", ...data }) => {
    const block = Buffer.alloc(512);
    new Header({ mode: 0o644, size: content.length, type: "File", mtime: new Date(0), ...data }).encode(
      block,
    );
    const body = Buffer.alloc(Math.ceil(content.length / 512) * 512);
    body.write(content);
    return [block, body];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
const write = (entries: readonly Entry[]) => writeFile(archive, gzipSync(tarOf(entries)));
const good: Entry = { path: "lfw/Ann/Ann_0001.jpg", content: "one" };

/** Everything below the folder's parents that should not be there. */
const outside = async () => [
  ...(await readdir(dir)).filter((name) => name !== "a" && name !== "photos.tgz"),
  ...(existsSync(join(dir, "a")) ? (await readdir(join(dir, "a"))).filter((name) => name !== "b") : []),
  ...(existsSync(join(dir, "a/b")) ? (await readdir(join(dir, "a/b"))).filter((name) => name !== "out") : []),
];

describe("a good archive", () => {
  it("is unpacked, byte for byte", async () => {
    const from = join(dir, "from");
    const photos = { "lfw/Ann/Ann_0001.jpg": someBytes(70_000), "lfw/Bö/Bö_0001.jpg": someBytes(3, 1) };
    for (const [path, bytes] of Object.entries(photos)) {
      await mkdir(join(from, path, ".."), { recursive: true });
      await writeFile(join(from, path), bytes);
    }
    await create({ gzip: true, file: archive, cwd: from }, ["lfw"]);
    await unpackTgz(archive, out);
    for (const [path, bytes] of Object.entries(photos)) {
      expect(Buffer.compare(await readFile(join(out, path)), bytes)).toBe(0);
    }
    expect(await readdir(join(out, "lfw"))).toHaveLength(2);
  });

  it("may name its entries from ./ on, and leave its folders out", async () => {
    await write([
      { path: "./", type: "Directory" },
      { ...good, path: "./lfw/Ann/1.jpg" },
    ]);
    await unpackTgz(archive, out);
    expect(await readFile(join(out, "lfw/Ann/1.jpg"), "utf8")).toBe("one");
  });

  it.skipIf(process.platform === "win32")("gives neither modes nor owners nor times", async () => {
    await write([
      { path: "lfw/", type: "Directory", mode: 0o000, uid: 4321 },
      { ...good, path: "lfw/setuid", mode: 0o6777, uid: 4321, gid: 4321 },
      { ...good, path: "lfw/locked", mode: 0o000 },
    ]);
    await unpackTgz(archive, out);
    const umask = process.umask();
    for (const name of ["setuid", "locked"]) {
      const { mode, uid, gid, mtimeMs } = await stat(join(out, "lfw", name));
      expect(mode & 0o7777).toBe(0o666 & ~umask);
      expect([uid, gid]).toEqual([process.getuid?.(), process.getgid?.()]);
      expect(mtimeMs).toBeGreaterThan(0);
    }
    expect((await stat(join(out, "lfw"))).mode & 0o7777).toBe(0o777 & ~umask);
  });
});

describe("an archive is refused", () => {
  it.each<[string, Entry, string, string]>([
    ["with an entry above it", { path: "../evil", content: "x" }, '"../evil"', "leads out"],
    [
      "with one far above it",
      { path: "lfw/../../../evil", content: "x" },
      '"lfw/../../../evil"',
      "leads out",
    ],
    ["with .. at the end", { path: "lfw/..", type: "Directory" }, '"lfw/.."', "leads out"],
    ["with an absolute path", { path: "/tmp/facelab-evil", content: "x" }, '"/tmp/facelab-evil"', "absolute"],
    ["with a drive's path", { path: "C:evil", content: "x" }, '"C:evil"', "absolute"],
    ["with Windows' separators", { path: "lfw\\..\\evil", content: "x" }, '"lfw\\\\..\\\\evil"', "leads out"],
    ["with a backslash", { path: "lfw\\evil", content: "x" }, '"lfw\\\\evil"', "backslash"],
    ["with a link out of it", { path: "l", type: "SymbolicLink", linkpath: "../.." }, '"l"', "SymbolicLink"],
    ["with a link to /etc", { path: "l", type: "SymbolicLink", linkpath: "/etc" }, '"l"', "SymbolicLink"],
    ["with a link within it", { path: "l", type: "SymbolicLink", linkpath: "lfw" }, '"l"', "SymbolicLink"],
    ["with a hard link", { path: "l", type: "Link", linkpath: "/etc/passwd" }, '"l"', "but Link"],
    ["with a disk", { path: "sda", type: "BlockDevice", devmaj: 8, devmin: 0 }, '"sda"', "BlockDevice"],
    [
      "with a terminal",
      { path: "tty", type: "CharacterDevice", devmaj: 5, devmin: 0 },
      '"tty"',
      "CharacterDev",
    ],
    ["with a pipe", { path: "pipe", type: "FIFO" }, '"pipe"', "FIFO"],
    [
      "and named safely",
      { path: "../\u001b[2J\u009b\u202e", content: "x" },
      '"../\\u001b[2J\\u{9b}\\u{202e}"',
      "out",
    ],
  ])("%s", async (_, entry, name, why) => {
    await write([good, entry, { path: "l/evil", content: "through the link" }]);
    const error = await unpackTgz(archive, out).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    const { message } = error as Error;
    expect(message.startsWith(`refused archive: ${archive} (entry ${name}: `)).toBe(true);
    expect(message).toContain(why);
    expect(await outside()).toEqual([]);
    expect(existsSync("/tmp/facelab-evil")).toBe(false);
    expect(await readdir(out).catch(() => [])).not.toContain("l");
  });

  it("that holds more than it may, before that is written", async () => {
    const half = "x".repeat(600);
    await write([good, { path: "a", content: half }, { path: "b", content: half }]);
    await expect(unpackTgz(archive, out, { maxBytes: 1000 })).rejects.toThrow(
      'entry "b": with it the archive holds more than 1000 bytes',
    );
    expect(existsSync(join(out, "b"))).toBe(false);
    await expect(unpackTgz(archive, out, { maxEntries: 2 })).rejects.toThrow(
      'entry "b": with it the archive holds more than 2 entries',
    );
    await unpackTgz(archive, join(dir, "a/b/enough"), { maxBytes: 1203, maxEntries: 3 });
  });

  it("that is a bomb: an entry of zeros, or zeros after the end", async () => {
    const zeros = Buffer.alloc(50e6);
    const entry = tarOf([{ path: "zeros", size: zeros.length }]).subarray(0, 512);
    await writeFile(archive, gzipSync(Buffer.concat([entry, zeros])));
    await expect(unpackTgz(archive, out, { maxBytes: 1e6 })).rejects.toThrow('(entry "zeros": with it');
    await writeFile(archive, gzipSync(Buffer.concat([tarOf([good]), zeros])));
    await expect(unpackTgz(archive, out, { maxBytes: 1e6, maxEntries: 10 })).rejects.toThrow(
      `refused archive: ${archive} (larger than 1000000 bytes unpacked;`,
    );
  });

  it("wherever it is cut off", async () => {
    await write([good, { path: "b", content: "y".repeat(5000) }]);
    const bytes = await readFile(archive);
    for (let length = 0; length < bytes.length; length += 7) {
      await writeFile(archive, bytes.subarray(0, length));
      await expect(unpackTgz(archive, out), String(length)).rejects.toThrow(`cannot unpack ${archive} (`);
    }
  });

  it.each<[string, (tar: Buffer) => Buffer, RegExp]>([
    ["that is a .tar", (tar) => tar, /\(not a \.tgz, or damaged: incorrect header check; get it again\)/],
    ["that is a text", () => Buffer.from("<html>404</html>"), /\(not a \.tgz, or damaged: /],
    ["that is a packed text", () => gzipSync("<html>404</html>"), /\(Unrecognized archive format; get it/],
    ["whose tar is cut off", (tar) => gzipSync(tar.subarray(0, 600)), /\(Truncated input /],
    [
      "with a damaged header",
      (tar) => gzipSync(tar.map((byte, i) => (i === 20 ? byte ^ 1 : byte))),
      /\(checksum failure; get it again\)/,
    ],
    [
      "with a damaged end",
      (tar) => gzipSync(tar).map((byte, i, all) => (i === all.length - 6 ? byte ^ 1 : byte)) as Buffer,
      /\(not a \.tgz, or damaged: incorrect data check/,
    ],
  ])("%s", async (_, damage, message) => {
    await writeFile(archive, damage(tarOf([{ path: "a", content: "x".repeat(700) }])));
    const error = await unpackTgz(archive, out).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(message);
  });

  it("that is not there, or whose folder cannot be made", async () => {
    await expect(unpackTgz(archive, out)).rejects.toThrow(`cannot read ${archive} (ENOENT`);
    await write([good]);
    await rm(join(dir, "a"), { recursive: true });
    await writeFile(join(dir, "a"), "");
    await expect(unpackTgz(archive, out)).rejects.toThrow(`cannot write ${out} (a file is where a folder`);
  });

  it("at its first damaged header, however much comes after it", async () => {
    const tar = tarOf([{ path: "a", content: "x" }]);
    tar[20] = 1;
    await writeFile(archive, gzipSync(Buffer.concat([tar.subarray(0, 1024), Buffer.alloc(20e6, 1)])));
    await expect(unpackTgz(archive, out)).rejects.toThrow("checksum failure; get it again");
  });
});

it.skipIf(process.platform === "win32")("never writes through a link that is in the way", async () => {
  await write([good]);
  await mkdir(join(out, "lfw/Ann"), { recursive: true });
  const victim = join(dir, "a/victim");
  await writeFile(victim, "keep me");
  await symlink(victim, join(out, "lfw/Ann/Ann_0001.jpg"));
  await unpackTgz(archive, out);
  expect(await readFile(join(out, "lfw/Ann/Ann_0001.jpg"), "utf8")).toBe("one");
  expect(await readFile(victim, "utf8")).toBe("keep me");
});
