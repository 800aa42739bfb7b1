import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { compareCodePoints } from "../compare-code-points.js";
import { InputError } from "../errors.js";

/** What stands in a folder, after following symbolic links. */
export interface Entry {
  readonly name: string;
  readonly path: string;
  readonly kind: "file" | "folder" | "other";
  /** Why a link leads nowhere useful; only with the kind `other`. */
  readonly reason?: string;
}

// What operating systems leave in folders; names that begin with a dot are skipped as well.
const LITTER = [
  "$recycle.bin",
  "@eadir",
  "__macosx",
  "desktop.ini",
  "ehthumbs.db",
  "system volume information",
  "thumbs.db",
];

/**
 * Lists a folder without hidden files, sorted by code point. A link to a folder that holds this one (a loop) is `other`.
 * @throws InputError where it is missing, not a folder or unreadable; each with its own message.
 */
export async function listFolder(dir: string): Promise<Entry[]> {
  const entries = await readdir(dir, { withFileTypes: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new InputError(unreadable(dir, cause), { cause });
  });
  const visible = entries.filter(({ name }) => !name.startsWith(".") && !LITTER.includes(name.toLowerCase()));
  visible.sort((a, b) => compareCodePoints(a.name, b.name));
  return await Promise.all(visible.map((entry) => resolve(dir, entry)));
}

async function resolve(dir: string, entry: Dirent): Promise<Entry> {
  const { name } = entry;
  const path = join(dir, name);
  if (entry.isFile()) return { name, path, kind: "file" };
  if (entry.isDirectory()) return { name, path, kind: "folder" };
  if (!entry.isSymbolicLink()) return { name, path, kind: "other", reason: "neither a file nor a folder" };
  try {
    const target = await stat(path);
    if (target.isFile()) return { name, path, kind: "file" };
    if (!target.isDirectory()) return { name, path, kind: "other", reason: "neither a file nor a folder" };
    return contains(await realpath(path), await realpath(dir))
      ? { name, path, kind: "other", reason: "link to a folder that holds this one" }
      : { name, path, kind: "folder" };
  } catch (error) {
    // Only what can be wrong with the link itself; anything else is not ours to explain.
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ENOENT" && code !== "ELOOP" && code !== "EACCES") throw error;
    return { name, path, kind: "other", reason: "broken link" };
  }
}

function contains(outer: string, inner: string): boolean {
  const way = relative(outer, inner);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`));
}

function unreadable(dir: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === "ENOENT") return `no such folder: ${dir} (check the path)`;
  if (code === "ENOTDIR")
    return `not a folder: ${dir} (expected a folder with one folder of photos per person)`;
  if (code === "EACCES" || code === "EPERM")
    return `cannot read folder: ${dir} (permission denied; make it readable)`;
  return `cannot read folder: ${dir} (${message})`;
}
