import { spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { countReasons, InputError, loadFolder, type PhotoDataset } from "facelab";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "facelab folder "));
  await chmod(root, 0o755);
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A new folder with these files, all empty: listing opens none of them. */
async function make(...files: string[]): Promise<string> {
  const dir = await mkdtemp(join(root, "set-"));
  await chmod(dir, 0o755);
  for (const file of files) {
    await mkdir(dirname(join(dir, file)), { recursive: true });
    if (!file.endsWith("/")) await writeFile(join(dir, file), "");
    else await mkdir(join(dir, file), { recursive: true });
  }
  return dir;
}

const brief = (dir: string, { samples }: PhotoDataset) =>
  samples.map(({ path, label, part }) =>
    [label, relative(dir, path).replaceAll("\\", "/"), ...(part ? [part] : [])].join(" | "),
  );

describe("finds", () => {
  test("people and photos, sorted by code point, with any name", async () => {
    const dir = await make(
      "b/2.jpg",
      "b/10.JPG",
      "Ann Lee/x.webp",
      "山田/1.png",
      "á/1.pgm",
      "Z/1.gif",
      "\u{1f600}/1.jpg",
      "\uff21/1.jpg",
    );
    const dataset = await loadFolder(dir);
    expect(brief(dir, dataset)).toEqual([
      "Ann Lee | Ann Lee/x.webp",
      "Z | Z/1.gif",
      "b | b/10.JPG",
      "b | b/2.jpg",
      "á | á/1.pgm",
      "山田 | 山田/1.png",
      "\uff21 | \uff21/1.jpg",
      "\u{1f600} | \u{1f600}/1.jpg",
    ]);
    expect(dataset.name).toBe(dir.split(/[\\/]/).at(-1));
    expect([dataset.ignored, dataset.leftOut]).toEqual([[], []]);
  });

  test("one person behind two Unicode forms of a name", async () => {
    const dir = await make("Zo\u00eb/1.jpg", "Zoe\u0308/2.jpg");
    const { samples } = await loadFolder(dir);
    // Some file systems (APFS) hold the two forms for one folder: the label is one in any case.
    expect(samples.map(({ label }) => label)).toEqual(["Zo\u00eb", "Zo\u00eb"]);
  });

  test("nothing in hidden files and the litter of operating systems", async () => {
    const dir = await make(
      "a/1.jpg",
      ".git/x.jpg",
      ".DS_Store",
      "Thumbs.db",
      "__MACOSX/a/1.jpg",
      "a/.1.jpg",
      "a/Thumbs.db",
      "a/desktop.ini",
    );
    const dataset = await loadFolder(dir);
    expect(brief(dir, dataset)).toEqual(["a | a/1.jpg"]);
    expect(dataset.ignored).toEqual([]);
  });

  test("reasons for all else that it does not use", async () => {
    const dir = await make(
      "a/1.jpg",
      "a/notes.txt",
      "a/b.TXT",
      "a/raw",
      "a/old/2.jpg",
      "README.md",
      "loose.jpg",
    );
    const { samples, ignored } = await loadFolder(dir);
    expect(samples).toHaveLength(1);
    const list = ignored.map(({ path, reason }) => `${relative(dir, path).replaceAll("\\", "/")}: ${reason}`);
    expect(list.sort()).toEqual([
      "README.md: not a photo (.md)",
      "a/b.TXT: not a photo (.txt)",
      "a/notes.txt: not a photo (.txt)",
      "a/old: folder inside of a person's folder",
      "a/raw: not a photo (no suffix)",
      "loose.jpg: photo outside of a person's folder",
    ]);
    expect(countReasons(ignored)[0]).toEqual({ reason: "not a photo (.txt)", count: 2 });
  });

  test("people with too few photos are named", async () => {
    const dir = await make("a/1.jpg", "a/2.jpg", "b/1.jpg", "c/");
    expect((await loadFolder(dir)).leftOut).toEqual([{ label: "c", photos: 0 }]);
    const { samples, leftOut } = await loadFolder(dir, { minPhotos: 2 });
    expect(samples.map(({ label }) => label)).toEqual(["a", "a"]);
    expect(leftOut).toEqual([
      { label: "b", photos: 1 },
      { label: "c", photos: 0 },
    ]);
    await expect(loadFolder(dir, { minPhotos: 0 })).rejects.toThrow(
      "invalid minPhotos: 0 (must be an integer >= 1)",
    );
  });
});

describe("train and test parts", () => {
  test.each(["val", "test", "Test"])("train beside %s", async (name) => {
    const dir = await make("train/b/1.jpg", "train/a/1.jpg", `${name}/a/2.jpg`, "README.md", "extra/a/3.jpg");
    const dataset = await loadFolder(dir, { minPhotos: 1 });
    expect(brief(dir, dataset)).toEqual([
      "a | train/a/1.jpg | train",
      `a | ${name}/a/2.jpg | test`,
      "b | train/b/1.jpg | train",
    ]);
    expect(dataset.ignored.map(({ reason }) => reason)).toEqual([
      "beside train and test",
      "beside train and test",
    ]);
  });

  test("where there is test, val is not used, and said so", async () => {
    const dir = await make("train/a/1.jpg", "val/a/2.jpg", "test/a/3.jpg");
    const dataset = await loadFolder(dir);
    expect(brief(dir, dataset)).toEqual(["a | train/a/1.jpg | train", "a | test/a/3.jpg | test"]);
    expect(dataset.ignored).toEqual([{ path: join(dir, "val"), reason: "beside train and test" }]);
  });

  test("minPhotos counts both parts", async () => {
    const dir = await make("train/a/1.jpg", "test/a/2.jpg", "train/b/1.jpg");
    expect((await loadFolder(dir, { minPhotos: 2 })).leftOut).toEqual([{ label: "b", photos: 1 }]);
  });

  test("an empty part is an error", async () => {
    const dir = await make("train/a/1.jpg", "test/");
    await expect(loadFolder(dir)).rejects.toThrow(`no photos in the test part: ${join(dir, "test")}`);
  });

  test("train alone is a person's name without photos", async () => {
    const dir = await make("train/a/1.jpg");
    await expect(loadFolder(dir)).rejects.toThrow(
      /^no people with photos: .*there are folders one level deeper/,
    );
  });
});

// Windows lets only administrators make links.
describe.skipIf(process.platform === "win32")("links", () => {
  test("to photos and to people are followed; loops and broken ones are listed", async () => {
    const dir = await make("a/1.jpg", "b/1.jpg");
    const other = await make("c/1.jpg");
    await symlink(join(dir, "a/1.jpg"), join(dir, "b/2.jpg"));
    await symlink(join(other, "c"), join(dir, "c"));
    await symlink("..", join(dir, "up"));
    await symlink(".", join(dir, "self"));
    await symlink("..", join(dir, "a/up"));
    await symlink("nowhere", join(dir, "a/broken.jpg"));
    await symlink("turn.jpg", join(dir, "a/turn.jpg"));
    const dataset = await loadFolder(dir);
    expect(brief(dir, dataset)).toEqual(["a | a/1.jpg", "b | b/1.jpg", "b | b/2.jpg", "c | c/1.jpg"]);
    expect(countReasons(dataset.ignored)).toEqual([
      { reason: "link to a folder that holds this one", count: 3 },
      { reason: "broken link", count: 2 },
    ]);
  });

  test("pipes are not opened", async () => {
    const dir = await make("a/1.jpg");
    expect(spawnSync("mkfifo", [join(dir, "a/pipe.jpg")]).status).toBe(0);
    expect((await loadFolder(dir)).ignored.map(({ reason }) => reason)).toEqual([
      "neither a file nor a folder",
    ]);
  });
});

describe("refuses", () => {
  const message = async (dir: string): Promise<string> => {
    const error = await loadFolder(dir).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    return (error as InputError).message;
  };

  test("each wrong folder in its own words", async () => {
    const missing = join(root, "missing");
    expect(await message(missing)).toBe(`no such folder: ${missing} (check the path)`);
    const dir = await make("file.jpg");
    expect(await message(join(dir, "file.jpg"))).toMatch(/^not a folder: /);
    expect(await message(dir)).toMatch(
      /^photos without a person: .* \(1 photos directly in it; expected one folder per person/,
    );
    const empty = await make();
    expect(await message(empty)).toMatch(/^empty folder: /);
    expect(await message(await make("a/", "notes.txt"))).toMatch(/^no people with photos: /);
    expect(await message(await make("notes.txt"))).toMatch(/^no people with photos: /);
    await expect(loadFolder(await make("a/1.jpg"), { minPhotos: 5 })).rejects.toThrow(
      /^no people with 5 or more photos: .* \(the most is 1; lower minPhotos\)/,
    );
  });

  test("a folder that it may not read", async ({ skip }) => {
    const dir = await make("a/1.jpg");
    await chmod(join(dir, "a"), 0);
    try {
      if (process.platform === "win32") skip("no permissions to take away");
      if (process.getuid?.() !== 0)
        expect(await message(dir)).toMatch(/^cannot read folder: .*permission denied/);
      else {
        // root may read everything, so a process of another user asks.
        const script =
          'import("facelab").then((m) => m.loadFolder(process.argv[1])).catch((e) => console.log(e.name, e.message))';
        const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script, dir], {
          uid: 65534,
          gid: 65534,
          encoding: "utf8",
        });
        if (!stdout) skip(`the user nobody cannot run node here: ${stderr.split("\n")[0]}`);
        expect(stdout.trim()).toBe(
          `InputError cannot read folder: ${join(dir, "a")} (permission denied; make it readable)`,
        );
      }
    } finally {
      await chmod(join(dir, "a"), 0o755);
    }
  });
});
