import { spawnSync } from "node:child_process";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "facelab";
import { describe, expect, it } from "vitest";
import { requireOutsideOfGit } from "../../src/experiments/dist/compare-detectors/sheet.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

describe("--sheet", () => {
  it("takes a folder outside of a checkout, and inside only one that is ignored", async () => {
    const outside = await temporaryFolder();
    expect(requireOutsideOfGit(join(outside, "new", "folder"))).toBeUndefined();
    expect(requireOutsideOfGit(join(checkout, "results/quick/sheet"))).toBeUndefined();
    for (const folder of [checkout, join(checkout, "results/mtcnn/sheet")]) {
      expect(() => requireOutsideOfGit(folder)).toThrow(InputError);
    }
    // Another checkout, and a link into it.
    const other = join(outside, "other");
    await mkdir(other);
    expect(spawnSync("git", ["init", "--quiet", other]).status).toBe(0);
    await symlink(other, join(outside, "link"));
    expect(() => requireOutsideOfGit(join(outside, "link", "sheet"))).toThrow(
      /refused to write photos to .*link/,
    );
    await writeFile(join(other, ".gitignore"), "sheet/\n");
    expect(requireOutsideOfGit(join(outside, "link", "sheet"))).toBeUndefined();
  });
});
