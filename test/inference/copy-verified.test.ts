import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { link, readdir, readFile, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { InputError } from "facelab";
import { beforeEach, expect, it } from "vitest";
import { copyVerified } from "../../src/lib/dist/inference/copy-verified.js";
import { sha256 } from "../../src/lib/dist/inference/sha256.js";
import { temporaryFolder } from "../support/temporary-folder.js";

let folder: string;
let from: string;
let to: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  from = join(folder, "mine");
  to = join(folder, "file");
});

it("puts the copy in its place whole: what is there is replaced, and not written over", async () => {
  await writeFile(from, "right");
  await writeFile(to, "older");
  // Another name of the same file shows whether that was opened.
  await link(to, join(folder, "other name"));
  await copyVerified(from, to, sha256("right"));
  expect(await readFile(to, "utf8")).toBe("right");
  expect(await readFile(join(folder, "other name"), "utf8")).toBe("older");
  expect((await readdir(folder)).sort()).toEqual(["file", "mine", "other name"]);
});

it("removes what a process that has ended had begun to copy, and nobody else's", async () => {
  const ended = spawn(process.execPath, ["-e", ""]);
  await once(ended, "exit");
  const host = hostname().replaceAll(/[^\w.-]/g, "_");
  const others = [`file.copy-${host}-${process.ppid}-0`, `file.copy-elsewhere-${ended.pid}-0`];
  for (const name of [`file.copy-${host}-${ended.pid}-0`, ...others])
    await writeFile(join(folder, name), "ri");
  await writeFile(from, "right");
  await copyVerified(from, to, sha256("right"));
  expect((await readdir(folder)).sort()).toEqual(["file", "mine", ...others].sort());
});

// A pipe gives the right bytes once, as a file does that somebody changes before it is copied.
it.skipIf(process.platform !== "linux")(
  "refuses a file that was right only when it was looked at",
  async () => {
    expect(spawnSync("mkfifo", [from]).status).toBe(0);
    const copying = copyVerified(from, join(folder, "new", "file"), sha256("right"));
    const refused = expect(copying).rejects.toThrow(
      new InputError(
        `wrong file: ${from} has sha256 ${sha256("")} (expected ${sha256("right")}; get it again)`,
      ),
    );
    await writeFile(from, "right");
    // The folder is made when the first look has ended; copying waits for somebody who writes.
    while (!existsSync(join(folder, "new"))) await new Promise(setImmediate);
    await writeFile(from, "");
    await refused;
    expect(await readdir(join(folder, "new"))).toEqual([]);
  },
);
