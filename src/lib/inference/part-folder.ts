import { mkdir, readFile, rename, rm, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { abandonedPaths, ownedPath } from "../owned-path.js";

/** What is known of the beginning that a part holds; none of it is trusted, the whole file's sha256 decides. */
export interface PartSource {
  readonly url: string;
  /** A strong ETag, or a date, as If-Range takes it. */
  readonly validator?: string;
  /** Of the whole file, in bytes. */
  readonly total?: number;
}

/** A file that has come in part, in a folder beside its target, with where it came from. */
export interface PartFolder {
  /** The bytes so far. */
  readonly data: string;
  /** How many there are. */
  size(): Promise<number>;
  source(): Promise<PartSource | undefined>;
  noteSource(source: PartSource): Promise<void>;
  clear(): Promise<void>;
  /** Puts the data in its place, and removes the rest, also what earlier processes left. */
  finish(): Promise<void>;
  /** Leaves the part to the next download. */
  release(): void;
}

/** Takes over the longest part that an earlier process has left, or begins a new one. */
export async function openPart(to: string): Promise<PartFolder> {
  const { path, release } = ownedPath(to, "part");
  const data = join(path, "data");
  const source = join(path, "source.json");
  const left = await Promise.all(
    (await abandonedPaths(to, "part")).map(async (folder) => ({
      folder,
      bytes: await sizeOf(join(folder, "data")),
    })),
  );
  left.sort((a, b) => b.bytes - a.bytes);
  for (const { folder } of left) {
    // Another process may have been faster.
    if (await rename(folder, path).then(() => true, isMissing)) break;
  }
  await mkdir(path, { recursive: true });
  return {
    data,
    size: () => sizeOf(data),
    async source() {
      try {
        return JSON.parse(await readFile(source, "utf8")) as PartSource;
      } catch {
        return undefined; // not there, or cut off when the process ended: the part is then resumed unconditionally
      }
    },
    noteSource: (known) => writeFile(source, JSON.stringify(known)),
    async clear() {
      await rm(source, { force: true });
      if ((await sizeOf(data)) > 0) await truncate(data);
    },
    async finish() {
      await rename(data, to);
      for (const folder of [path, ...(await abandonedPaths(to, "part"))]) {
        await rm(folder, { recursive: true, force: true });
      }
    },
    release,
  };
}

async function sizeOf(path: string): Promise<number> {
  return stat(path)
    .then(({ size }) => size, isMissing)
    .then(Number);
}

/** False for what is not there; any other error goes on. */
function isMissing(error: NodeJS.ErrnoException): false {
  if (error.code === "ENOENT") return false;
  throw error;
}
