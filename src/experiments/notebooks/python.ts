import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "facelab";
import { inCheckout } from "../paths.js";

/** What JupyterLab 4 needs. */
const LEAST = [3, 9] as const;
const REQUIREMENTS = inCheckout("notebooks/requirements.txt");
const HOW =
  "Python 3.9 or later is needed: https://www.python.org/downloads, or your system's package python3";

/** A Python with JupyterLab. */
export interface JupyterPython {
  readonly executable: string;
  /** Where its kernels are looked for, below `share/jupyter/kernels`. */
  readonly prefix: string;
}

/**
 * The project's own Python environment, `.venv`, made where it is not there, with the pinned packages of notebooks/requirements.txt.
 * Where they were installed before nothing is started.
 * @throws InputError where there is no Python, it cannot make environments, or a package cannot be installed.
 */
export async function ownPython(say: (line: string) => void): Promise<JupyterPython> {
  const prefix = inCheckout(".venv");
  const executable = join(
    prefix,
    ...(process.platform === "win32" ? ["Scripts", "python.exe"] : ["bin", "python"]),
  );
  const stamp = join(prefix, "facelab-notebooks.txt");
  const wanted = createHash("sha256")
    .update(await readFile(REQUIREMENTS))
    .digest("hex");
  const installed = await readFile(stamp, "utf8").catch(() => "");
  if (installed === wanted && existsSync(executable)) return { executable, prefix };
  if (!existsSync(executable)) makeEnvironment(prefix, say);
  say("installing JupyterLab into .venv (a minute or two, once)");
  const options = ["--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS];
  if (spawnSync(executable, ["-m", "pip", "install", ...options], { stdio: "inherit" }).status !== 0) {
    throw new InputError(
      `cannot install JupyterLab: pip failed, see above (is PyPI in reach? ${executable} -m pip install -r ${REQUIREMENTS} tries again)`,
    );
  }
  await writeFile(stamp, wanted);
  return { executable, prefix };
}

/**
 * A Python of the user's that has JupyterLab already.
 * @throws InputError where it cannot be started or lacks a package.
 */
export function otherPython(executable: string): JupyterPython {
  const code = "import sys, jupyterlab, plotly, nbconvert; print(sys.prefix)";
  const { status, stdout, stderr, error } = spawnSync(executable, ["-c", code], { encoding: "utf8" });
  if (error !== undefined) throw new InputError(`cannot start Python: ${executable} (${error.message})`);
  if (status === 0) return { executable, prefix: stdout.trim() };
  const reason = stderr.trim().split("\n").at(-1);
  throw new InputError(
    `${executable} cannot run the notebooks: ${reason} (${executable} -m pip install jupyterlab plotly)`,
  );
}

function makeEnvironment(prefix: string, say: (line: string) => void): void {
  const python = findPython();
  say("making the Python environment .venv");
  const { status, stdout, stderr } = spawnSync(python[0], [...python.slice(1), "-m", "venv", prefix], {
    encoding: "utf8",
  });
  if (status === 0) return;
  const reason = (stdout + stderr).trim().replaceAll(/\s+/g, " ");
  throw new InputError(
    `${python.join(" ")} cannot make an environment: ${reason} (on Debian and Ubuntu: apt install python3-venv; then once more)`,
  );
}

type PythonCommand = readonly [string, ...string[]];

function findPython(): PythonCommand {
  const commands: PythonCommand[] =
    process.platform === "win32" ? [["py", "-3"], ["python"]] : [["python3"], ["python"]];
  const found: string[] = [];
  for (const command of commands) {
    const code = "import sys; print(*sys.version_info[:2])";
    const { status, stdout } = spawnSync(command[0], [...command.slice(1), "-c", code], { encoding: "utf8" });
    if (status !== 0) continue;
    const [major = 0, minor = 0] = stdout.trim().split(" ").map(Number);
    if (major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])) return command;
    found.push(`${command.join(" ")} is ${major}.${minor}`);
  }
  throw new InputError(
    found.length === 0 ? `no Python found (${HOW})` : `too old: ${found.join(", ")} (${HOW})`,
  );
}
