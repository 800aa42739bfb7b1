import { readdir } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname, join, resolve } from "node:path";

/** A name that this download or unpacking alone writes to. */
export interface OwnedPath {
  readonly path: string;
  /** Leaves what is at the path to whoever comes next. */
  release(): void;
}

/** Of this process; another one's are known by their process id. */
const inUse = new Set<string>();
let count = 0;

/**
 * A name beside a target that no other process uses: `lfw.tgz.part-HOST-PID-N`. Nothing is made. A lock is not needed: who
 * wants what another one left renames it to a name of their own, which only one can do.
 */
export function ownedPath(target: string, purpose: string): OwnedPath {
  const path = join(dirname(resolve(target)), `${prefix(target, purpose)}${process.pid}-${count++}`);
  inUse.add(path);
  return { path, release: () => void inUse.delete(path) };
}

/**
 * What was left for the same target and purpose by processes of this machine that have ended. Another machine's, on a
 * shared disk, are left alone: nobody here can tell whether it is still at work.
 */
export async function abandonedPaths(target: string, purpose: string): Promise<string[]> {
  const folder = dirname(resolve(target));
  const start = prefix(target, purpose);
  const names = await readdir(folder);
  return names
    .filter((name) => name.startsWith(start))
    .filter((name) => {
      const [, pid] = /^(\d+)-\d+$/.exec(name.slice(start.length)) ?? [];
      if (pid === undefined) return false;
      return Number(pid) === process.pid ? !inUse.has(join(folder, name)) : !isRunning(Number(pid));
    })
    .map((name) => join(folder, name));
}

function prefix(target: string, purpose: string): string {
  return `${basename(target)}.${purpose}-${hostname().replaceAll(/[^\w.-]/g, "_")}-`;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // it is there, and somebody else's
  }
}
