import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, link, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { cacheDirectory, cacheSize, createRandom } from "facelab";
import { expect } from "vitest";
import { asManyAsLfw } from "../support/lfw-archive.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { writeDrawing, writeFacePhoto } from "./face-photos.js";
import { writeSyntheticLfw } from "./synthetic-lfw.js";

const CLI = fileURLToPath(new URL("../../src/experiments/dist/cli.js", import.meta.url));

/** A command that is stopped, and what it must have made in the end. */
interface Interrupted {
  readonly args: readonly string[];
  /** What it has made, as text to compare; undefined where there is nothing yet. */
  readonly made: (folder: string) => Promise<string | undefined>;
  /** What it says of the cache, and of which kind an entry is there for each: it must find exactly what was kept. */
  readonly counts: Readonly<Partial<Record<"photos" | "faces" | "fits", string>>>;
}

const ssd = ["--detector", "ssd"];

export const commands = {
  extract: {
    args: ["extract", "people", ...ssd, "-o", "made/faces.npz"],
    made: file("faces.npz"),
    counts: { photos: "detections" },
  },
  eval: {
    args: [
      ...["eval", "--dataset", "lfw", ...ssd, "--classifiers", "knn,cosine"],
      ...["--repeats", "2", "--no-report", "--output", "made"],
    ],
    made: runs,
    counts: { photos: "detections", fits: "fit" },
  },
  embed: {
    args: ["embed", "faces.npz", "-o", "made/embeddings.npz"],
    made: file("embeddings.npz"),
    counts: { faces: "chip" },
  },
  "build-lfw": {
    args: ["build-lfw", "--lfw", "lfw", "--allow-part", ...ssd, "-o", "made/lfw.npz"],
    made: file("lfw.npz"),
    counts: { photos: "detections" },
  },
  "eval of embeddings": {
    args: [
      ...["eval", "--dataset", "synthetic.npz", "--classifiers", "svm,knn,cosine,cosine-mean,svm-c1"],
      ...["--repeats", "5", "--no-report", "--output", "made"],
    ],
    made: runs,
    counts: { fits: "fit" },
  },
  fetch: {
    args: ["fetch", "lfw", "--from", "lfw-deepfunneled.tgz", "--to", "made/lfw"],
    made: unpacked,
    counts: {},
  },
} as const satisfies Record<string, Interrupted>;

/**
 * Stops commands by SIGINT and SIGKILL at random points, and runs them again: the result must be that of a run which nobody stopped, nothing
 * half written may be seen before or left after, and what had been found must not be looked for again.
 * @param source of {@link material}.
 * @param points how often, over all commands.
 */
export async function interruptEverything(source: Material, points: number, seed: number): Promise<void> {
  const names = Object.keys(commands) as (keyof typeof commands)[];
  const interrupt = async (point: number): Promise<void> => {
    const name = names[point % names.length] as keyof typeof commands;
    const whole = await uninterrupted(source, name);
    const round = Math.floor(point / names.length);
    const signal = (point + round) % 2 === 0 ? "SIGKILL" : "SIGINT";
    const after = createRandom(seed).fork(`point ${point}`).uniform() * whole.milliseconds;
    const where = `${name}, ${signal} after ${Math.round(after)} ms (seed ${seed}, point ${point})`;
    const place = await newPlace(source);
    await stop(place, commands[name], signal, () => pause(after));
    await expectResumed(place, commands[name], whole, where);
  };
  // Two at once: most of the time a process starts, which one core does.
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < points) await interrupt(next++);
  };
  await Promise.all([lane(), lane()]);
}

/** A folder with photos, and a cache of its own. */
export interface Place {
  readonly folder: string;
  readonly cache: string;
}

/** What a run that nobody stopped has made. */
export interface Finished {
  readonly made: string;
  readonly milliseconds: number;
  /** Entries of its cache. */
  readonly kinds: Readonly<Record<string, number>>;
}

/** What the commands work on. */
export interface Material {
  readonly folder: string;
  /** What they make of it, once it is known. */
  readonly finished: Map<keyof typeof commands, Promise<Finished>>;
}

/** Nine photos of three people; six of them, and one of nobody, as LFW has them; the faces cut out; embeddings; an archive. */
export async function material(): Promise<Material> {
  const folder = await temporaryFolder();
  for (const who of ["left", "middle", "right"] as const) {
    for (const [i, variant] of (["plain", "mirrored", "small"] as const).entries()) {
      await writeFacePhoto(join(folder, "people", who, `${variant}.jpg`), who, variant);
      if (i < 2) await writeFacePhoto(join(folder, "lfw", who, `${who}_000${i + 1}.jpg`), who, variant);
    }
  }
  await writeDrawing(join(folder, "lfw", "nobody", "nobody_0001.jpg"), "#884400");
  await writeSyntheticLfw(join(folder, "synthetic.npz"));
  await writeFile(join(folder, "lfw-deepfunneled.tgz"), asManyAsLfw());
  // dlib's network lies in the cache, which every command would convert otherwise.
  await mkdir(join(folder, "cache", "facelab"), { recursive: true });
  for (const name of await converted(cacheDirectory())) {
    await cp(join(cacheDirectory(), name), join(folder, "cache", "facelab", name));
  }
  const source = { folder, finished: new Map() };
  const { made } = await uninterrupted(source, "extract");
  await writeFile(join(folder, "faces.npz"), made, "latin1");
  return source;
}

/** The same files, which nobody changes, and a cache with nothing in it but dlib's network. */
export async function newPlace(source: Material): Promise<Place> {
  const [folder, cache] = [await temporaryFolder(), await temporaryFolder()];
  await mkdir(join(cache, "facelab"));
  for (const name of await names(source.folder)) {
    if (name !== "cache") await cp(join(source.folder, name), join(folder, name), { recursive: true });
  }
  const there = join(source.folder, "cache", "facelab");
  for (const name of await converted(there)) await link(join(there, name), join(cache, "facelab", name));
  return { folder, cache };
}

/** The outcome of a command that nobody stops, which is run once. */
export function uninterrupted(source: Material, name: keyof typeof commands): Promise<Finished> {
  const known = source.finished.get(name) ?? runOnce(source, commands[name]);
  source.finished.set(name, known);
  return known;
}

async function runOnce(source: Material, command: Interrupted): Promise<Finished> {
  const place = await newPlace(source);
  const started = performance.now();
  await finish(place, command);
  const milliseconds = performance.now() - started;
  return { made: (await command.made(place.folder)) as string, milliseconds, kinds: await kinds(place) };
}

/** Runs a command again that was stopped: it does what is missing, and has then made the same. */
export async function expectResumed(
  place: Place,
  command: Interrupted,
  whole: Finished,
  where: string,
): Promise<void> {
  expect([undefined, whole.made], where).toContain(await command.made(place.folder));
  const kept = await kinds(place);
  const output = await finish(place, command);
  expect(await command.made(place.folder), where).toBe(whole.made);
  for (const [what, kind] of Object.entries(command.counts)) {
    const said = new RegExp(`^from the cache: (\\d+) ${what} `, "m").exec(output)?.[1] ?? 0;
    expect(`${said} ${what}`, where).toBe(`${kept[kind] ?? 0} ${what}`);
  }
  expect(await kinds(place), where).toEqual(whole.kinds);
  const left = (await readdir(join(place.folder, "made"))).filter((name) => name.endsWith(".tmp"));
  expect(left, where).toEqual([]);
}

/** How many entries of each kind a cache holds. */
export async function kinds({ cache }: Place): Promise<Readonly<Record<string, number>>> {
  return (await cacheSize(join(cache, "facelab", "results"))).kinds;
}

function start({ folder, cache }: Place, { args }: Pick<Interrupted, "args">) {
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

export async function finish(place: Place, command: Pick<Interrupted, "args">): Promise<string> {
  const { child, output } = start(place, command);
  const [code] = await once(child, "close");
  expect(code, output.stderr).toBe(0);
  return output.stdout;
}

/** @param until when to stop it; it may have ended before. */
export async function stop(
  place: Place,
  command: Interrupted,
  signal: "SIGINT" | "SIGKILL",
  until: () => Promise<unknown>,
): Promise<void> {
  const { child } = start(place, command);
  const closed = once(child, "close");
  await Promise.race([closed, until()]);
  child.kill(signal);
  await closed;
}

async function names(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

/** dlib's network, as the cache has it. */
async function converted(folder: string): Promise<string[]> {
  return (await names(folder)).filter((name) => /\.onnx(\.sha256)?$/.test(name));
}

function file(name: string): Interrupted["made"] {
  return (folder) => readFile(join(folder, "made", name), "latin1").catch(() => undefined);
}

/** The names of what an archive held, once all of it is there, and of what else is beside it. */
async function unpacked(folder: string): Promise<string | undefined> {
  const there = join(folder, "made", "lfw");
  const files = await readdir(join(there, "lfw-deepfunneled"), { recursive: true }).catch(() => undefined);
  return files && [...(await readdir(there)), ...files].sort().join("\n");
}

/** The files of a run without its times; where it was written twice, both are the same. */
async function runs(folder: string): Promise<string | undefined> {
  const whole = (await names(join(folder, "made"))).filter((name) => !name.endsWith(".tmp"));
  const texts = await Promise.all(
    whole.map(async (name) => {
      const read = (one: string) => readFile(join(folder, "made", name, one), "utf8");
      const { fits, ...run } = JSON.parse(await read("run.json"));
      for (const fit of fits) delete fit.fitSeconds;
      for (const fit of fits) delete fit.predictMilliseconds;
      return [JSON.stringify({ fits, ...run }), await read("records.csv"), await read("confusions.csv")].join(
        "\n",
      );
    }),
  );
  expect(new Set(texts).size).toBeLessThanOrEqual(1);
  return texts[0];
}
