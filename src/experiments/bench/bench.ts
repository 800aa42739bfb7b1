import { readFile, writeFile } from "node:fs/promises";
import { arch, cpus, platform, totalmem } from "node:os";
import { Command } from "commander";
import { chooseDetector, findModel, InputError, toMarkdown } from "facelab";
import { inCheckout } from "../paths.js";
import { classificationTask, predictions, svmFit } from "./classification.js";
import { detection } from "./detection.js";
import { embedding } from "./embedding.js";
import type { Comparison } from "./measure.js";
import { measurePeers, type Peers } from "./peers.js";
import { pipeline } from "./pipeline.js";
import { samplePhotos, withFaces } from "./sample-material.js";

/** `npm run bench`: how long everything takes beside its peers, as ratios in one run on one machine. */
const WIDTHS = [250, 1920] as const;
const MARKED = /(<!-- bench -->)[\s\S]*?(<!-- \/bench -->)/;

interface BenchOptions {
  readonly peers?: boolean;
  readonly against?: string;
  readonly readme?: boolean;
}

const program = new Command("bench")
  .description("how long everything takes, as ratios in one run on one machine")
  .option(
    "--peers",
    "also time face_recognition, facenet-pytorch, mtcnn and scikit-learn (Python: FACELAB_PYTHON)",
  )
  .option(
    "--against <file>",
    "time MTCNN with these weights, too (a manifest); by default the published ones, where found",
  )
  .option("--readme", "put the tables into README.md");
try {
  await run(program.parse().opts<BenchOptions>());
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  console.error(`bench: ${error.message}`);
  process.exitCode = 1;
}

async function run(options: BenchOptions): Promise<void> {
  const photos = new Map<number, Awaited<ReturnType<typeof samplePhotos>>>();
  for (const width of WIDTHS) photos.set(width, await samplePhotos(width));
  const detector = await chooseDetector();
  const material = await withFaces(photos.get(1920) ?? [], detector);
  const task = await classificationTask();
  const none: Peers = () => [];
  const peers = options.peers
    ? await measurePeers(process.env.FACELAB_PYTHON ?? "python3", photos, material, task)
    : none;

  const tables: string[] = [];
  const show = (comparison: Comparison): void => {
    tables.push(table(comparison));
    console.log(`\n${tables.at(-1)}`);
  };
  const here = await machine();
  console.log(here);
  show(await embedding(material, peers("embedding")));
  const against = options.against ?? findModel("mtcnn-reference")?.at(-1);
  for (const [width, images] of photos)
    show(await detection(images, width, peers(`detection ${width}`), against));
  show(await pipeline(peers("pipeline")));
  show(await svmFit(task, peers("svm")));
  show(await predictions(task));
  if (options.readme) await intoReadme(`${here}\n\n${tables.join("\n\n")}`);
}

async function machine(): Promise<string> {
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${cpus()[0]?.model}${await instructions()}, ${cpus().length} cores, ${memory} GiB, ${platform()} ${arch()}, node ${process.version}`;
}

/** The widest instructions that networks gain by, where the system tells: a name alone stands for several processors. */
async function instructions(): Promise<string> {
  const flags = await readFile("/proc/cpuinfo", "utf8").catch(() => "");
  const widest = ["avx512_vnni", "avx512f", "avx2"].find((name) => flags.includes(` ${name} `));
  return widest === undefined ? "" : ` (${widest})`;
}

function table({ title, unit, rows, notes }: Comparison): string {
  const first = rows[0]?.milliseconds ?? Number.NaN;
  const lines = rows.map(({ name, milliseconds }) => [
    name,
    milliseconds < 1 ? milliseconds.toFixed(3) : milliseconds.toFixed(1),
    (milliseconds / first).toFixed(2),
  ]);
  return `${toMarkdown([[title, unit, "to the first"], ...lines])}\n\n${notes.join("; ")}`;
}

async function intoReadme(text: string): Promise<void> {
  const path = inCheckout("README.md");
  const readme = await readFile(path, "utf8");
  if (!MARKED.test(readme)) throw new InputError(`${path} has no place for the tables (<!-- bench -->)`);
  await writeFile(path, readme.replace(MARKED, `$1\n\n${text}\n\n$2`));
}
