import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmod,
  link,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { createRandom, majority, saveModel, writeNpz, writePng, writeText } from "facelab";
import { describe, expect, it } from "vitest";
import { writeAside } from "../src/lib/dist/write-aside.js";
import { temporaryFolder } from "./support/temporary-folder.js";

const folder = await temporaryFolder();
const fresh = (): Promise<string> => mkdtemp(join(folder, "made "));
const host = hostname().replaceAll(/[^\w.-]/g, "_");
const put = (text: string) => (path: string) => writeFile(path, text);

/** A process that has begun to write a file, and goes on for ever. */
async function writer(target: string) {
  const script = `
    import { writeFile } from "node:fs/promises";
    import { writeAside } from ${JSON.stringify(new URL("../src/lib/dist/write-aside.js", import.meta.url).href)};
    await writeAside(process.argv[1], async (path) => {
      await writeFile(path, "half");
      console.log("begun");
      await new Promise(() => setInterval(() => {}, 1000));
    });
  `;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script, target], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return child;
}

describe("writeAside", () => {
  it.each(["SIGKILL", "SIGINT"] as const)(
    "removes what was left by a process that %s ended",
    async (signal) => {
      const to = await fresh();
      const child = await writer(join(to, "one.txt"));
      child.kill(signal);
      await once(child, "exit");
      const [left = "", ...more] = await readdir(to);
      expect(more).toEqual([]);
      expect(left).toBe(`one.txt.aside-${host}-${child.pid}-0.tmp`);
      await writeAside(join(to, "another.txt"), put("whole"));
      expect(await readdir(to)).toEqual(["another.txt"]);
    },
  );

  it("leaves the files of a process that runs alone, also of one that writes the same", async () => {
    const to = await fresh();
    const child = await writer(join(to, "one.txt"));
    try {
      await writeAside(join(to, "one.txt"), put("whole"));
      expect(await readdir(to)).toEqual(["one.txt", `one.txt.aside-${host}-${child.pid}-0.tmp`]);
    } finally {
      child.kill("SIGKILL");
    }
  });

  it("removes folders that were left, and nothing that may be somebody else's", async () => {
    const to = await fresh();
    const ended = spawn(process.execPath, ["-e", ""]);
    await once(ended, "exit");
    const left = join(to, `run.aside-${host}-${ended.pid}-3.tmp`);
    await mkdir(left);
    await writeFile(join(left, "records.csv"), "half");
    const others = [
      `run.aside-elsewhere-${ended.pid}-0.tmp`,
      `run.aside-${host}-${ended.pid}-0.txt`,
      `run.aside-${host}-${ended.pid}-0x.tmp`,
      `run.aside-${host}-${process.pid}-7-0.tmp`, // of another thread
      `.aside-${host}-${ended.pid}-0.tmp`,
      `run.${ended.pid}.tmp`,
      "notes.tmp",
    ].sort();
    for (const name of others) await writeFile(join(to, name), "mine");
    await writeAside(join(to, "z"), put("whole"));
    expect((await readdir(to)).sort()).toEqual([...others, "z"].sort());
  });

  it.skipIf(process.platform === "win32")("leaves the files of another user's process", async () => {
    const to = await fresh();
    // Root may ask for every process, so for this question it is nobody, and the process a third one's.
    const root = process.getuid?.() === 0;
    const child = root ? spawn("cat", { uid: 65533 }) : undefined;
    const theirs = `one.txt.aside-${host}-${child?.pid ?? 1}-0.tmp`;
    await writeFile(join(to, theirs), "half");
    for (const path of [folder, to]) await chmod(path, 0o777);
    if (root) process.seteuid?.(65534);
    try {
      await writeAside(join(to, "z"), put("whole"));
    } finally {
      if (root) process.seteuid?.(0);
      child?.kill();
    }
    expect((await readdir(to)).sort()).toEqual([theirs, "z"]);
  });

  it("may write several at once, in one folder and to one name", async () => {
    const to = await fresh();
    const names = ["a", "b", "a", "c", "a"];
    await Promise.all(names.map((name) => writeAside(join(to, name), put(name.repeat(100_000)))));
    expect((await readdir(to)).sort()).toEqual(["a", "b", "c"]);
    for (const name of ["a", "b", "c"]) {
      expect(await readFile(join(to, name), "utf8")).toBe(name.repeat(100_000));
    }
  });

  it("leaves the older file as it was where making fails, and nothing beside it", async () => {
    const to = await fresh();
    await writeFile(join(to, "file"), "older");
    const failing = writeAside(join(to, "file"), async (path) => {
      await writeFile(path, "half");
      throw new Error("it failed");
    });
    await expect(failing).rejects.toThrow("it failed");
    expect(await readdir(to)).toEqual(["file"]);
    expect(await readFile(join(to, "file"), "utf8")).toBe("older");
  });

  it("keeps permissions, and writes behind a link", async () => {
    const to = await fresh();
    await mkdir(join(to, "there"));
    await writeFile(join(to, "there", "file"), "older");
    await chmod(join(to, "there", "file"), 0o640);
    await symlink(join("there", "file"), join(to, "link"));
    await writeAside(join(to, "link"), put("newer"));
    expect((await lstat(join(to, "link"))).isSymbolicLink()).toBe(true);
    expect(await readFile(join(to, "there", "file"), "utf8")).toBe("newer");
    expect((await stat(join(to, "there", "file"))).mode & 0o777).toBe(0o640);
    expect(await readdir(join(to, "there"))).toEqual(["file"]);
  });

  it("writes a file whose name is as long as names may be", async () => {
    const to = await fresh();
    const name = "ö".repeat(127);
    await writeAside(join(to, name), put("whole"));
    expect(await readdir(to)).toEqual([name]);
  });
});

describe("a file that is there", () => {
  const samples = ["Ada", "Bob"].map((label) => ({ label, embedding: Float32Array.of(1) }));
  it.each<[string, (path: string) => Promise<void>]>([
    ["picture", (path) => writePng(path, { width: 1, height: 1, data: new Uint8Array(3) })],
    ["text", (path) => writeText(path, "newer")],
    [".npz file", (path) => writeNpz(path, {})],
    ["model", async (path) => saveModel(path, await majority().fit(samples, createRandom(1)))],
  ])("is replaced by a %s, and not written over", async (_, write) => {
    const to = await fresh();
    await writeFile(join(to, "file"), "older");
    // Another name of the same file shows whether that was opened.
    await link(join(to, "file"), join(to, "other name"));
    await write(join(to, "file"));
    expect(await readFile(join(to, "other name"), "utf8")).toBe("older");
    expect(await readFile(join(to, "file"), "utf8")).not.toBe("older");
    expect((await readdir(to)).sort()).toEqual(["file", "other name"]);
  });
});
