import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "facelab";
import { describe, expect, it } from "vitest";
import { reportPath } from "../../src/experiments/dist/report-path.js";
import { temporaryFolder } from "../support/temporary-folder.js";

describe("reportPath", () => {
  it("takes the newest run, or one by its name, and says where there is none", async () => {
    const runs = join(await temporaryFolder(), "runs");
    await expect(reportPath(undefined, runs)).rejects.toThrow(
      `no run yet in ${runs} (npm run eval makes one)`,
    );
    for (const name of ["2026-01-02T03-04-05-lfw-1", "2026-10-02T03-04-05-a-2", "2026-02-02T03-04-05-z-3"]) {
      await mkdir(join(runs, name), { recursive: true });
      await writeFile(join(runs, name, "report.html"), name);
    }
    await mkdir(join(runs, "2027-01-01T00-00-00-half-written.tmp"));
    await writeFile(join(runs, "9 notes.txt"), "no run");
    expect(await reportPath(undefined, runs)).toBe(join(runs, "2026-10-02T03-04-05-a-2", "report.html"));
    const named = "2026-02-02T03-04-05-z-3";
    expect(await reportPath(named, runs)).toBe(join(runs, named, "report.html"));
    await expect(reportPath("2026", runs)).rejects.toBeInstanceOf(InputError);
  });
});
