import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import cacache from "cacache";
import { resultsDirectory } from "./disk-cache.js";

/** How much a cache holds. */
export interface CacheSize {
  readonly entries: number;
  readonly bytes: number;
  /** Entries by kind, see `CacheKey`; in the order of their names. */
  readonly kinds: Readonly<Record<string, number>>;
}

/** What a cache holds; of a folder that is not there, nothing. */
export async function cacheSize(directory: string = resultsDirectory()): Promise<CacheSize> {
  if (!(await exists(directory))) return { entries: 0, bytes: 0, kinds: {} };
  const entries = Object.values(await cacache.ls(directory));
  const kinds: Record<string, number> = {};
  for (const kind of entries.map(kindOf).sort()) kinds[kind] = (kinds[kind] ?? 0) + 1;
  return { entries: entries.length, bytes: entries.reduce((sum, { size }) => sum + size, 0), kinds };
}

/** Deletes everything in a cache; a process that is using it computes again. */
export async function cleanCache(directory: string = resultsDirectory()): Promise<void> {
  if (!(await exists(directory))) return;
  await cacache.rm.all(directory);
  // Where a process was killed while it wrote; that is personal data as well.
  await rm(join(directory, "tmp"), { recursive: true, force: true });
}

/** An entry of an earlier version does not say. */
function kindOf({ metadata }: cacache.CacheObject): string {
  return String((metadata as { kind?: string } | undefined)?.kind ?? "other");
}

async function exists(directory: string): Promise<boolean> {
  return stat(directory).then(
    () => true,
    () => false,
  );
}
