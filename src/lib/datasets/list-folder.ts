import { isUtf8 } from "node:buffer";
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

/** What is wrong where a link leads nowhere: also below a file, to a name that is too long, or to a disk that is gone. */
const BROKEN = ["ENOENT", "ELOOP", "EACCES", "EPERM", "ENOTDIR", "ENAMETOOLONG", "EIO", "ESTALE", "ENXIO"];

/**
 * Lists a folder without hidden files, sorted by code point. A link to a folder that holds this one (a loop) is `other`, and so is
 * what has a name that is not UTF-8, as Linux allows: no string leads to it, and it is shown with U+FFFD in place of the odd bytes.
 * @throws InputError where it is missing, not a folder or unreadable; each with its own message.
 */
export async function listFolder(dir: string): Promise<Entry[]> {
  const entries = await readdir(dir, { withFileTypes: true, encoding: "buffer" }).catch(
    (cause: NodeJS.ErrnoException) => {
      throw new InputError(unreadable(dir, cause), { cause });
    },
  );
  const visible = entries
    .map((entry) => ({ entry, name: entry.name.toString("utf8") }))
    .filter(({ name }) => !name.startsWith(".") && !LITTER.includes(name.toLowerCase()));
  visible.sort((a, b) => compareCodePoints(a.name, b.name));
  return await Promise.all(visible.map(({ entry, name }) => resolve(dir, name, entry)));
}

async function resolve(dir: string, name: string, entry: Dirent<Buffer>): Promise<Entry> {
  const path = join(dir, name);
  if (!isUtf8(entry.name)) return { name, path, kind: "other", reason: "name is not UTF-8 (rename it)" };
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
    if (!BROKEN.includes(String((error as NodeJS.ErrnoException).code))) throw error;
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
