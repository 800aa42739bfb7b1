import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { alone } from "../../src/experiments/dist/questions/run-lock.js";
import { temporaryFolder } from "../support/temporary-folder.js";

it("removes a folder that it made and nothing came of, and no other", async () => {
  const parent = await temporaryFolder();
  const folder = join(parent, "made");
  const fail = async () => {
    throw new Error("no photos");
  };
  await expect(alone(folder, fail)).rejects.toThrow("no photos");
  expect(existsSync(folder)).toBe(false);
  await alone(folder, async () => writeFile(join(folder, "table"), "kept"));
  await expect(alone(folder, fail)).rejects.toThrow("no photos");
  expect(existsSync(join(folder, "table"))).toBe(true);
  const before = join(parent, "before");
  await mkdir(before);
  await expect(alone(before, fail)).rejects.toThrow("no photos");
  expect(existsSync(before)).toBe(true);
  for (const one of [folder, before]) expect(existsSync(`${one}.lock`)).toBe(false);
});
