import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "facelab";

/**
 * The report of a run.
 * @param run its folder, or its name below `runs`; without it the newest below `runs`.
 * @throws InputError where there is no such run, no run at all, or a run without a report.
 */
export async function reportPath(run: string | undefined, runs: string): Promise<string> {
  const folder = run === undefined ? await newest(runs) : await folderOf(run, runs);
  const path = join(folder, "report.html");
  if (await is("file", path)) return path;
  throw new InputError(
    `no report in run: ${folder} (made with --no-report, or before there were reports; run eval again)`,
  );
}

async function folderOf(run: string, runs: string): Promise<string> {
  for (const folder of [run, join(runs, run)]) if (await is("folder", folder)) return folder;
  throw new InputError(`no such run: ${run} (neither a folder nor a name in ${runs})`);
}

/** A run's name begins with its time. */
async function newest(runs: string): Promise<string> {
  const entries = (await is("folder", runs)) ? await readdir(runs, { withFileTypes: true }) : [];
  const names = entries
    .filter((entry) => entry.isDirectory() && !entry.name.endsWith(".tmp"))
    .map(({ name }) => name);
  const last = names.sort().at(-1);
  if (last === undefined) throw new InputError(`no run yet in ${runs} (npm run eval makes one)`);
  return join(runs, last);
}

async function is(kind: "file" | "folder", path: string): Promise<boolean> {
  return stat(path).then(
    (found) => (kind === "file" ? found.isFile() : found.isDirectory()),
    () => false, // missing, or out of reach
  );
}
