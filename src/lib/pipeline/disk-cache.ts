import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import cacache from "cacache";
import { cacheDirectory } from "../inference/cache-directory.js";

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

/** Plain JSON; values that differ in any way are different keys. */
export type CacheKey = readonly unknown[];

/** How much a cache holds. */
export interface CacheSize {
  readonly entries: number;
  readonly bytes: number;
}

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
  let trouble: string | undefined;
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
        await cacache.put(directory, digest(key), JSON.stringify(value));
      } catch (error) {
        trouble = `cache not written: ${directory} (${(error as Error).message})`;
      }
    },
    hits: () => hits,
    trouble: () => trouble,
  };
}

/** What a cache holds; of a folder that is not there, nothing. */
export async function cacheSize(directory: string = resultsDirectory()): Promise<CacheSize> {
  if (!(await exists(directory))) return { entries: 0, bytes: 0 };
  const entries = Object.values(await cacache.ls(directory));
  return { entries: entries.length, bytes: entries.reduce((sum, { size }) => sum + size, 0) };
}

/** Deletes everything in a cache; a process that is using it computes again. */
export async function cleanCache(directory: string = resultsDirectory()): Promise<void> {
  if (await exists(directory)) await cacache.rm.all(directory);
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

async function exists(directory: string): Promise<boolean> {
  return stat(directory).then(
    () => true,
    () => false,
  );
}
