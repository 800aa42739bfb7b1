import { readdir } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { threadId } from "node:worker_threads";

/** A name that this download, unpacking or writing alone writes to. */
export interface OwnedPath {
  readonly path: string;
  /** Leaves what is at the path to whoever comes next. */
  release(): void;
}

/** Of this thread; another process' are known by their process id, and another thread's of this one are left alone. */
const inUse = new Set<string>();
let count = 0;

/**
 * A name beside a target that nobody else uses: `lfw.tgz.part-HOST-PID-N`. Nothing is made. A lock is not needed: who
 * wants what another one left renames it to a name of their own, which only one can do.
 */
export function ownedPath(target: string, purpose: string, suffix = ""): OwnedPath {
  const thread = threadId === 0 ? "" : `${threadId}-`;
  const name = `${basename(target)}${mark(purpose)}${process.pid}-${thread}${count++}${suffix}`;
  const path = join(dirname(resolve(target)), name);
  inUse.add(path);
  return { path, release: () => void inUse.delete(path) };
}

/**
 * What was left for the same target and purpose by processes of this machine that have ended. Another machine's, on a
 * shared disk, are left alone: nobody here can tell whether it is still at work.
 */
export async function abandonedPaths(target: string, purpose: string): Promise<string[]> {
  const start = `${basename(target)}${mark(purpose)}`;
  return abandoned(dirname(resolve(target)), (name) =>
    name.startsWith(start) ? name.slice(start.length) : undefined,
  );
}

/** The same, for all targets in a folder. @param end what the names end with, after the number that {@link ownedPath} gave them. */
export async function abandonedIn(folder: string, purpose: string, end: RegExp): Promise<string[]> {
  const before = mark(purpose);
  return abandoned(resolve(folder), (name) => {
    const at = name.lastIndexOf(before);
    return at > 0 && end.test(name) ? name.slice(at + before.length).replace(end, "") : undefined;
  });
}

/** @param ownerIn what follows the mark in a name, or undefined where there is none. */
async function abandoned(folder: string, ownerIn: (name: string) => string | undefined): Promise<string[]> {
  const names = await readdir(folder);
  return names
    .filter((name) => {
      const [, pid, thread = "0"] = /^(\d+)-(?:(\d+)-)?\d+$/.exec(ownerIn(name) ?? "") ?? [];
      if (pid === undefined) return false;
      if (Number(pid) !== process.pid) return !isRunning(Number(pid));
      return Number(thread) === threadId && !isInUse(join(folder, name));
    })
    .map((name) => join(folder, name));
}

/** A path that was given, or one that begins with it. */
function isInUse(path: string): boolean {
  return [...inUse].some((own) => path === own || path.startsWith(`${own}-`));
}

function mark(purpose: string): string {
  return `.${purpose}-${hostname().replaceAll(/[^\w.-]/g, "_")}-`;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // it is there, and somebody else's
  }
}
