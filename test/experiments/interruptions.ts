import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheDirectory, cacheSize, createRandom } from "facelab";
import { expect } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.js";
import { writeFacePhoto } from "./face-photos.js";

const CLI = fileURLToPath(new URL("../../src/experiments/dist/cli.js", import.meta.url));

/** A command that is stopped, and what it must have made in the end. */
interface Interrupted {
  readonly args: readonly string[];
  /** What it has made, as text to compare; undefined where there is nothing yet. */
  readonly made: (folder: string) => Promise<string | undefined>;
}

const commands: Readonly<Record<string, Interrupted>> = {
  extract: {
    args: ["extract", "people", "--detector", "ssd", "-o", "made/faces.npz"],
    made: (folder) => text(join(folder, "made", "faces.npz")),
  },
  eval: {
    args: [
      ...["eval", "--dataset", "people", "--detector", "ssd", "--classifiers", "knn,cosine"],
      ...["--repeats", "2", "--no-report", "--output", "made"],
    ],
    made: async (folder) => {
      const [run] = (await names(join(folder, "made"))).filter((name) => !name.endsWith(".tmp"));
      return run === undefined ? undefined : text(join(folder, "made", run, "records.csv"));
    },
  },
  embed: {
    args: ["embed", "faces.npz", "-o", "made/embeddings.npz"],
    made: (folder) => text(join(folder, "made", "embeddings.npz")),
  },
};

/**
 * Stops commands by SIGINT and SIGKILL at random points, and runs them again: the result must be that of a run which nobody stopped, nothing
 * half written may be seen before, and what had been found must not be looked for again.
 * @param points how often, over all commands.
 */
export async function interruptEverything(points: number, seed: number): Promise<void> {
  const random = createRandom(seed);
  const source = await temporaryFolder();
  for (const who of ["left", "middle", "right"] as const) {
    for (const variant of ["plain", "dark", "mirrored", "small"] as const) {
      await writeFacePhoto(join(source, "people", who, `${variant}.jpg`), who, variant);
    }
  }
  await finish(source, join(source, "cache"), commands.extract as Interrupted);
  await cp(join(source, "made", "faces.npz"), join(source, "faces.npz"));

  const expected = new Map<string, { readonly made: string; readonly milliseconds: number }>();
  for (const [name, command] of Object.entries(commands)) {
    const folder = await copyOf(source);
    const started = performance.now();
    await finish(folder, await emptyCache(), command);
    expected.set(name, {
      made: (await command.made(folder)) as string,
      milliseconds: performance.now() - started,
    });
  }

  for (let point = 0; point < points; point++) {
    const [name, command] = Object.entries(commands)[point % 3] as [string, Interrupted];
    const { made, milliseconds } = expected.get(name) as { made: string; milliseconds: number };
    const signal = point % 2 === 0 ? "SIGKILL" : "SIGINT";
    const after = random.uniform() * milliseconds;
    const where = `${name}, ${signal} after ${Math.round(after)} ms (seed ${seed}, point ${point})`;
    const folder = await copyOf(source);
    const cache = await emptyCache();
    await stop(folder, cache, command, signal, after);
    expect([undefined, made], where).toContain(await command.made(folder));
    const { entries } = await cacheSize(join(cache, "facelab", "results"));
    const output = await finish(folder, cache, command);
    expect(await command.made(folder), where).toBe(made);
    const hits = Number(/^from the cache: (\d+) /m.exec(output)?.[1] ?? 0);
    // A photo has one entry after it was looked at, and another once it is embedded.
    expect(hits, where).toBeGreaterThanOrEqual(Math.ceil(entries / 2));
    expect(hits, where).toBeLessThanOrEqual(entries);
  }
}

async function copyOf(source: string): Promise<string> {
  const folder = await temporaryFolder();
  await cp(join(source, "people"), join(folder, "people"), { recursive: true });
  await cp(join(source, "faces.npz"), join(folder, "faces.npz")).catch(() => undefined);
  return folder;
}

/** Nothing in it but dlib's network, which every command converts otherwise. */
async function emptyCache(): Promise<string> {
  const cache = await temporaryFolder();
  await mkdir(join(cache, "facelab"));
  for (const name of await names(cacheDirectory())) {
    if (name.endsWith(".onnx")) await cp(join(cacheDirectory(), name), join(cache, "facelab", name));
  }
  return cache;
}

function start(folder: string, cache: string, { args }: Interrupted) {
  const { FACELAB_MODELS: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: folder,
    env: { ...inherited, XDG_CACHE_HOME: cache },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  for (const stream of ["stdout", "stderr"] as const) {
    child[stream].setEncoding("utf8").on("data", (part: string) => {
      output[stream] += part;
    });
  }
  return { child, output };
}

async function finish(folder: string, cache: string, command: Interrupted): Promise<string> {
  const { child, output } = start(folder, cache, command);
  const [code] = await once(child, "close");
  expect(code, output.stderr).toBe(0);
  return output.stdout;
}

async function stop(
  folder: string,
  cache: string,
  command: Interrupted,
  signal: "SIGINT" | "SIGKILL",
  after: number,
): Promise<void> {
  const { child } = start(folder, cache, command);
  const timer = setTimeout(() => child.kill(signal), after);
  await once(child, "close");
  clearTimeout(timer);
}

async function names(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

async function text(path: string): Promise<string | undefined> {
  return readFile(path, "latin1").catch(() => undefined);
}
