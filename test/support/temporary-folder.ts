import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

/** A new folder, its name with a blank as on many users' disks; removed after the file's (or describe's) last test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "facelab test "));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}
