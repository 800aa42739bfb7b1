import type { Command } from "commander";
import { inCheckout } from "./paths.js";
import { reportPath } from "./report-path.js";

/** `facelab report`: opens a run's report in the browser. */
export function addReportCommand(program: Command): void {
  program
    .command("report")
    .argument("[run]", "a run's folder, or its name in results/runs (default: the newest one there)")
    .description("open the report that eval wrote")
    .option("--no-open", "only print where it is")
    .action(async (run: string | undefined, options: { readonly open: boolean }) => {
      const path = await reportPath(run, inCheckout("results/runs"));
      console.log(path);
      if (!options.open) return;
      if (withoutDisplay()) {
        console.log("note: there is no display to open it on (open the file on a machine that has one)");
        return;
      }
      const { default: open } = await import("open");
      await open(path);
    });
}

function withoutDisplay(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  return process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY;
}
