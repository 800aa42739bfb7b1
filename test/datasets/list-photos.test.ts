import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { listPhotos } from "facelab";
import { expect, it } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";

it("lists files as they are given, folders one level deep, each photo once, and what it does not use", async () => {
  const dir = await temporaryFolder();
  const at = (...names: string[]): string => join(dir, ...names);
  await mkdir(at("album", "deeper"), { recursive: true });
  await mkdir(at("empty"));
  for (const name of ["b.JPG", "a.png", "notes.txt", ".hidden.jpg", "deeper/c.jpg"]) {
    await writeFile(at("album", name), "x");
  }
  await symlink(at("nowhere.jpg"), at("album", "link.jpg"));
  await writeFile(at("scan"), "x");

  const given = [at("album", "b.JPG"), at("album"), at("scan"), at("missing.jpg"), at("empty")];
  expect(await listPhotos([...given, join(dir, "album", "..", "scan")])).toEqual({
    photos: [at("album", "b.JPG"), at("album", "a.png"), at("scan"), at("missing.jpg")],
    ignored: [
      { path: at("album", "deeper"), reason: "folder inside of a folder of photos" },
      { path: at("album", "link.jpg"), reason: "broken link" },
      { path: at("album", "notes.txt"), reason: "not a photo" },
    ],
  });
  expect(await listPhotos([])).toEqual({ photos: [], ignored: [] });
});
