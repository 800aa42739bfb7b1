import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { hasImageSuffix } from "../images/image-formats.js";
import { listFolder } from "./list-folder.js";
import type { Ignored } from "./photo.js";

/**
 * The photos that paths stand for: a file is itself, whatever its suffix; a folder is the files in it that have a photo's suffix,
 * in the order of their code points. Folders inside of a folder are not entered, but listed in `ignored` as everything else that
 * is not used; hidden files are skipped. A path that is given twice counts once. No photo is opened: a path that does
 * not exist is in `photos` as well, and opening it says so.
 * @throws InputError where a folder cannot be read.
 */
export async function listPhotos(
  paths: readonly string[],
): Promise<{ readonly photos: readonly string[]; readonly ignored: readonly Ignored[] }> {
  const photos = new Map<string, string>();
  const ignored: Ignored[] = [];
  const add = (path: string): void => {
    if (!photos.has(resolve(path))) photos.set(resolve(path), path);
  };
  for (const path of paths) {
    const isFolder = await stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isFolder) {
      add(path);
      continue;
    }
    for (const entry of await listFolder(path)) {
      if (entry.kind === "file" && hasImageSuffix(entry.name)) add(entry.path);
      else ignored.push({ path: entry.path, reason: whyNot(entry.kind, entry.reason) });
    }
  }
  return { photos: [...photos.values()], ignored };
}

function whyNot(kind: "file" | "folder" | "other", reason: string | undefined): string {
  if (kind === "folder") return "folder inside of a folder of photos";
  return reason ?? "not a photo";
}
