import type { Command } from "commander";
import { cacheSize, cleanCache, resultsDirectory } from "facelab";

/** `facelab cache`: how much was kept of what can be computed again, and a way to be rid of it. */
export function addCacheCommand(program: Command): void {
  program
    .command("cache")
    .description("show where detections and embeddings are kept, and how much; they are personal data")
    .option("--clean", "delete them")
    .action(async ({ clean = false }: { clean?: boolean }) => {
      const { entries, bytes } = await cacheSize();
      if (clean) await cleanCache();
      console.log(`cache: ${resultsDirectory()}`);
      console.log(`${clean ? "deleted" : "entries"}: ${entries} (${(bytes / 1e6).toFixed(1)} MB)`);
    });
}
