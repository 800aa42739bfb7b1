import { chmod, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";
import { writeDrawing, writeFacePhoto } from "./face-photos.js";
import { runCli } from "./run-cli.js";

const ssd = ["--detector", "ssd", "--no-cache", "--workers", "1"];
const nobody = 65534;
const asNobody = ["setpriv", `--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"];
/** Turns text red, rings the bell, and goes back to the line's beginning. */
const NASTY = "\u001b[31m\u0007nasty\r\nname";

describe.skipIf(process.platform === "win32")("a folder with bad photos", { timeout: 180_000 }, () => {
  let cwd: string;
  beforeAll(async () => {
    cwd = await temporaryFolder();
    await chmod(cwd, 0o777);
    for (const variant of ["plain", "small"] as const) {
      await writeFacePhoto(join(cwd, "people", "Ada", `${variant}.jpg`), "left", variant);
      await writeFacePhoto(join(cwd, "people", NASTY, `${variant}.jpg`), "middle", variant);
    }
    await writeFile(join(cwd, "people", "Ada", "notes.txt"), "no photo");
    await writeFile(join(cwd, "people", "Ada", ".DS_Store"), "hidden");
    await mkdir(join(cwd, "clean"));
    await symlink("../people/Ada", join(cwd, "clean", "Ada"));
    await symlink(join("..", "people", NASTY), join(cwd, "clean", "Björn"));
    // So many that threads are worth starting.
    await mkdir(join(cwd, "many", "Ada"), { recursive: true });
    for (let i = 0; i < 10; i++) {
      const target = join("..", "..", "people", "Ada", i % 2 === 0 ? "plain.jpg" : "small.jpg");
      await symlink(target, join(cwd, "many", "Ada", `${i}.jpg`));
    }
    await mkdir(join(cwd, "bad"));
    await symlink("../people/Ada", join(cwd, "bad", "Ada"));
    const bad = join(cwd, "bad", NASTY);
    await writeFacePhoto(join(bad, "good.jpg"), "middle", "plain");
    await writeFile(join(bad, `${NASTY}.jpg`), "this is no photo");
    await writeFile(join(bad, "empty.png"), "");
    await writeDrawing(join(bad, "drawing.png"), "red");
    await symlink("nowhere", join(bad, `link ${NASTY}.jpg`));
    await writeFile(join(bad, "phone.heic"), "not read");
  });

  it("is gone through by extract, each bad one counted and listed with its reason", async () => {
    const run = await runCli(["extract", "bad", ...ssd, "-o", "bad.npz", "--no-mosaic"], { cwd });
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toContain("photos: 6, without a face: 3\n  unreadable: 2\n  no face found: 1\n");
    expect(run.stdout).toContain("not used: 3\n");
    for (const reason of ["not a photo (.heic): 1", "broken link: 1", "not a photo (.txt): 1"]) {
      expect(run.stdout).toContain(`  ${reason}\n`);
    }
    const shown = "\\u{1b}[31m\\u{7}nasty\\u{d}\\u{a}name";
    const unreadable = `    cannot read photo: ${join("bad", shown, `${shown}.jpg`)} (`;
    expect(run.stdout).toContain(unreadable);
    expect(run.stdout).toContain(`    ${join("bad", shown, `link ${shown}.jpg`)}: broken link\n`);
    expect(run.stdout).toContain(`${join("bad", shown, "empty.png")} (the file is empty)\n`);
    expect(controls(run.stdout + run.stderr)).toEqual([]);
  });

  it("fails with --strict, before anything is written", async () => {
    const commands = [
      ["extract", "bad", "-o", "strict.npz"],
      ["encode", "bad", "-o", "strict.npz"],
      ["train", "bad", "-o", "strict.json"],
      ["eval", "--dataset", "bad", "--output", "strict"],
    ];
    for (const command of commands) {
      const run = await runCli([...command, ...ssd, "--strict"], { cwd });
      expect(run.stderr).toMatch(
        /^facelab: --strict: 3 of 6 photos without a face, 2 not used; the first is bad.*\n$/,
      );
      expect(controls(run.stdout + run.stderr)).toEqual([]);
      expect(run.code).toBe(1);
    }
    expect((await readdir(cwd)).filter((name) => name.startsWith("strict"))).toEqual([]);
    const embed = await runCli(["embed", "bad.npz", "-o", "strict.npz", "--strict"], { cwd });
    expect(embed.stderr).toMatch(
      /^facelab: --strict: 3 of 6 photos without a face, 0 not used; the first is /,
    );
    expect(embed.code).toBe(1);
  });

  it("passes with --strict where only notes and hidden files were not used", async () => {
    const run = await runCli(["encode", "clean", ...ssd, "-o", "clean.npz", "--strict"], { cwd });
    expect(run, run.stderr).toMatchObject({ code: 0, stderr: "" });
    expect(run.stdout).toContain("photos: 4, without a face: 0\n");
  });

  it("counts a photo above --max-pixels as unreadable, also in threads of their own", async () => {
    const args = ["encode", "many", "--detector", "ssd", "--no-cache", "--max-pixels", "120000"];
    for (const workers of ["1", "2"]) {
      const run = await runCli([...args, "--workers", workers, "-o", "few.npz"], { cwd });
      expect(run.code, run.stderr).toBe(0);
      expect(run.stdout).toContain("photos: 10, without a face: 5\n  unreadable: 5\n");
      expect(run.stdout).toContain(
        "0.jpg (too large: 410 x 460 pixels, at most 120000; --max-pixels raises it)\n",
      );
    }
  });

  it("holds a photo that may not be read", async ({ skip }) => {
    const locked = join(cwd, "people", "Ada", "plain.jpg");
    const through = process.getuid?.() === 0 ? asNobody : [];
    const probe = await runCli(["--version"], { cwd, through }).catch(() => ({ code: null }));
    if (probe.code !== 0) {
      console.warn("skipped: a photo that may not be read (needs a user other than root, or setpriv)");
      skip();
    }
    await chmod(locked, 0);
    const run = await runCli(["encode", "clean", ...ssd, "-o", "locked.npz"], { cwd, through });
    await chmod(locked, 0o644);
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toContain(
      `cannot read photo: ${join("clean", "Ada", "plain.jpg")} (permission denied)\n`,
    );
    expect((await readFile(join(cwd, "locked.npz"))).length).toBeGreaterThan(0);
  });
});

/** Control characters that a terminal would obey, line ends apart. */
function controls(text: string): string[] {
  return [...text].filter((character) => character !== "\n" && /\p{Cc}/u.test(character));
}
