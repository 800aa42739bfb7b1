import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../src/experiments/dist/cli.js", import.meta.url));

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** @default the folder of this checkout's tests, wherever they are run from */
  readonly cwd?: string;
  /** Added to the environment, in which FACELAB_MODELS is not set. */
  readonly env?: Readonly<Record<string, string>>;
  /** What to run instead of node itself, with its first arguments. */
  readonly through?: readonly string[];
  /** Close the reading end of its output before it has written anything. */
  readonly closePipe?: boolean;
}

/** Runs `facelab ...args` as a user does, in a process of its own, not on a terminal. */
export function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliRun> {
  const { FACELAB_MODELS: _, ...inherited } = process.env;
  const [command = process.execPath, ...first] = [...(options.through ?? []), process.execPath];
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...first, CLI, ...args], {
      cwd: options.cwd,
      env: { ...inherited, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const output = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        output[name] += text;
      });
    }
    if (options.closePipe) child.stdout.destroy();
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, ...output }));
  });
}
