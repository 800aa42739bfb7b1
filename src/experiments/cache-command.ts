import type { Command } from "commander";
import { cacheSize, cleanCache, resultsDirectory } from "facelab";

/** `facelab cache`: how much was kept of what can be computed again, and a way to be rid of it. */
export function addCacheCommand(program: Command): void {
  program
    .command("cache")
    .description("show where detections, embeddings and fits are kept, and how many; they are personal data")
    .option("--clean", "delete them")
    .action(async ({ clean = false }: { clean?: boolean }) => {
      const { entries, bytes, kinds } = await cacheSize();
      if (clean) await cleanCache();
      console.log(`cache: ${resultsDirectory()}`);
      console.log(`${clean ? "deleted" : "entries"}: ${entries} (${(bytes / 1e6).toFixed(1)} MB)`);
      for (const [kind, count] of Object.entries(kinds)) console.log(`  ${kind}: ${count}`);
    });
}
