import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import cacache from "cacache";
import { cacheDirectory } from "../inference/cache-directory.js";
import { abandonedIn, ownedPath } from "../owned-path.js";

/** What was computed once, on disk, under a key that says everything it depends on. */
export interface DiskCache {
  /** A value as it was put, or undefined where there is none, or where it was damaged. */
  get(key: CacheKey): Promise<unknown>;
  /** Keeps a value of plain JSON. Where that cannot be done nothing happens but that {@link DiskCache.trouble} says why. */
  put(key: CacheKey, value: unknown): Promise<void>;
  /** How many values were found. */
  hits(): number;
  /** Why it could not be read or written, as a line for the user; undefined while all is well. */
  trouble(): string | undefined;
}

/** Plain JSON; values that differ in any way are different keys. The first says what kind of result it is. */
export type CacheKey = readonly unknown[];

/** Where results are kept between runs. */
export function resultsDirectory(): string {
  return join(cacheDirectory(), "results");
}

/**
 * A cache on disk (cacache, as npm's own): several processes may use it at once; what is read is checked against its hash. It can make a
 * run faster, and never wrong or fail: what is damaged is computed again, and a folder that cannot be read or written is a
 * cache that is always empty.
 * @param directory is made at the first {@link DiskCache.put}.
 */
export function diskCache(directory: string = resultsDirectory()): DiskCache {
  const temporary = join(directory, "tmp");
  const tmpPrefix = basename(ownedPath(join(temporary, "put"), "aside").path);
  let trouble: string | undefined;
  let tidied: Promise<void> | undefined;
  let hits = 0;
  return {
    async get(key) {
      try {
        const { data } = await cacache.get(directory, digest(key));
        const value: unknown = JSON.parse(data.toString("utf8"));
        hits++;
        return value;
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        if (code === "ENOENT") return undefined;
        // Content is found by its hash, and what is there is not written again: the damaged one has to go first.
        if (code === "EINTEGRITY" || code === "EBADSIZE") await remove(directory, key);
        else trouble ??= `cache not used: ${directory} (${message})`;
        return undefined;
      }
    },
    async put(key, value) {
      if (trouble !== undefined) return;
      try {
        tidied ??= removeAbandoned(temporary);
        await tidied;
        const metadata = { kind: String(key[0]) };
        await cacache.put(directory, digest(key), JSON.stringify(value), { metadata, tmpPrefix });
      } catch (error) {
        trouble = `cache not written: ${directory} (${(error as Error).message})`;
      }
    },
    hits: () => hits,
    trouble: () => trouble,
  };
}

/** What processes that were killed were just writing: it is personal data, and nobody would ever read it. */
async function removeAbandoned(temporary: string): Promise<void> {
  try {
    for (const path of await abandonedIn(temporary, "aside", /-[0-9a-f-]{36}$/))
      await rm(path, { force: true });
  } catch {
    // There is no such folder yet, or it is somebody else's.
  }
}

function digest(key: CacheKey): string {
  return createHash("sha256").update(JSON.stringify(key)).digest("hex");
}

async function remove(directory: string, key: CacheKey): Promise<void> {
  try {
    const entry = await cacache.get.info(directory, digest(key));
    if (entry) await cacache.rm.content(directory, entry.integrity);
  } catch {
    // Somebody else removed it, or it cannot be removed: then it is a miss every time.
  }
}
