import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "facelab";
import { inCheckout } from "./paths.js";

/** `npm run readme`: runs `npm run eval` and puts its table into the README, between the two markers. */
const MARKED = /(<!-- eval -->)[\s\S]*?(<!-- \/eval -->)/;

const output = await mkdtemp(join(tmpdir(), "facelab-readme-"));
try {
  const cli = inCheckout("src/experiments/dist/cli.js");
  // The table has times: they are to be of this run.
  const args = [cli, "eval", "--no-cache", "--output", output];
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) throw new InputError(`eval failed with exit code ${status}`);
  const [run] = await readdir(output);
  const table = (await readFile(join(output, run ?? "", "table.md"), "utf8")).trim();
  const readme = await readFile(inCheckout("README.md"), "utf8");
  if (!MARKED.test(readme)) throw new InputError("README.md has no place for the table (<!-- eval -->)");
  await writeFile(inCheckout("README.md"), readme.replace(MARKED, `$1\n\n${table}\n\n$2`));
} finally {
  await rm(output, { recursive: true, force: true });
}
