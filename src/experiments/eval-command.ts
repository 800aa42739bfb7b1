import { existsSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Command } from "commander";
import {
  type Classifier,
  classificationReports,
  comparePairs,
  comparisonTable,
  createClassifier,
  createRandom,
  describePairs,
  diskCache,
  type EmbeddedSet,
  evaluate,
  type FacePipeline,
  InputError,
  openDataset,
  reportHtml,
  scoresTable,
  toMarkdown,
  writeRun,
} from "facelab";
import { environment } from "./environment.js";
import { mistakenFaces } from "./mistaken-faces.js";
import {
  classifiersOption,
  integer,
  number,
  type PhotoOptions,
  pipelineOf,
  withPhotoOptions,
  withSplitOptions,
} from "./options.js";
import { inCheckout } from "./paths.js";
import { printCache, printIgnored, printNotices, printProvenance, printWithoutFace } from "./print-photos.js";
import { progressBar } from "./progress.js";
import { requireOutput } from "./require-output.js";
import { requireEveryPhoto, type StrictOption, withStrictOption } from "./strict.js";

interface EvalOptions extends PhotoOptions, StrictOption {
  readonly dataset?: string;
  readonly classifiers: string[];
  readonly testSize?: number;
  readonly repeats?: number;
  readonly budget: number;
  readonly seed: number;
  readonly minPhotos?: number;
  readonly photosPerPerson?: number | "all";
  readonly people?: number;
  readonly output: string;
  readonly report: boolean;
}

/** LFW as it ships: people with this many photos, and as many drawn of each. */
const LFW_PHOTOS = 20;
const REPEATS = 5;
/** For each classifier, all repeats together. */
const BUDGET_SECONDS = 60;

/** `facelab eval`: compares classifiers on a dataset and writes the run. */
export function addEvalCommand(program: Command): void {
  const command = program
    .command("eval")
    .description("compare classifiers; without a dataset, on LFW's embeddings, which ship with the project")
    .option(
      "--dataset <path>",
      "a folder with one folder of photos per person, or a .npz of extract, embed or encode",
    )
    .addOption(classifiersOption())
    .option("--repeats <n>", `splits to average over (default: ${REPEATS})`, integer(1))
    .option(
      "--budget <seconds>",
      "leave out what is predicted to take longer, all repeats together; what --classifiers names always runs",
      number(0, 1e9),
      BUDGET_SECONDS,
    )
    .option("--min-photos <n>", `leave out people with fewer (default: 1; ${LFW_PHOTOS} for LFW)`, integer(1))
    .option(
      "--photos-per-person <n>",
      `draw so many of each, or "all" (default: all; LFW: min-photos up to ${LFW_PHOTOS})`,
      photosPerPerson,
    )
    .option("--people <n>", "draw so many people (default: all)", integer(2))
    .option(
      "--output <folder>",
      "where runs are written",
      relative(process.cwd(), inCheckout("results/runs")),
    )
    .option("--no-report", "do not write report.html");
  withStrictOption(withPhotoOptions(withSplitOptions(command))).action((options: EvalOptions) =>
    runEval(options, command.getOptionValueSource("classifiers") !== "default"),
  );
}

async function runEval(options: EvalOptions, named: boolean): Promise<void> {
  await requireOutput(options.output, "folder");
  const random = createRandom(options.seed);
  const shipped = inCheckout("datasets/lfw-embeddings.npz");
  const path = options.dataset ?? shipped;
  const lfw = resolve(path) === shipped;
  if (options.dataset === undefined && !existsSync(shipped)) {
    throw new InputError(
      `${shipped} is missing (get it back with git checkout, or make it with npm run build:lfw)`,
    );
  }
  const draw = drawing(options, lfw);
  const classifiers = options.classifiers.map((name) => createClassifier(name));
  const bar = progressBar("photos");
  let pipeline: FacePipeline | undefined;
  const { set, ignored, leftOut } = await openDataset(path, {
    ...draw,
    random,
    onProgress: bar.update,
    pipeline: async () => {
      pipeline = await pipelineOf(options, embeddersOf(classifiers));
      return pipeline;
    },
  }).finally(bar.stop);
  printDataset(set, options.dataset ?? relative(process.cwd(), shipped));
  printIgnored(ignored, leftOut);
  if (pipeline !== undefined) printCache(pipeline);
  requireEveryPhoto(options, set.photos, ignored);
  // One cache, also where a pipeline has it: where it cannot be used, that is said once.
  const cache = pipeline === undefined && options.cache ? diskCache() : pipeline?.cache;
  const before = { hits: cache?.hits() ?? 0, trouble: cache?.trouble() };
  const fits = progressBar("fits");
  const divided = set.photos.every(({ part }) => part !== undefined);
  const evaluation = await evaluate(set, classifiers, {
    random,
    cache,
    budgetSeconds: named ? undefined : options.budget,
    testSize: options.testSize,
    repeats: divided ? options.repeats : (options.repeats ?? REPEATS),
    onFit: (done, total) => fits.update(done, total),
  }).finally(fits.stop);
  printCache({ cache }, "fits", before);
  printNotices(evaluation.notices);
  const { train, test } = evaluation.splits[0] ?? { train: [], test: [] };
  console.log(
    `splits: ${evaluation.splits.length}, train ${train.length} photos, test ${test.length} photos each`,
  );
  console.log(`\n${toMarkdown(comparisonTable(evaluation))}\n`);
  console.log(`of the faces found:\n\n${toMarkdown(scoresTable(evaluation))}\n`);
  const reports = classificationReports(evaluation);
  if (reports.length === 1) console.log(reports[0]?.[1]);
  if (evaluation.splits.length === 1) console.log("in brackets: right answers, and Wilson's 95 % interval");
  for (const line of describePairs(comparePairs(evaluation))) console.log(line);
  const directory = join(options.output, runName(path));
  const { dataset = null, report, ...rest } = options;
  const settings = {
    ...rest,
    ...draw,
    dataset,
    budget: named ? null : options.budget,
    repeats: evaluation.splits.length,
  };
  const description = { settings: plain(settings), environment: environment(), ignored };
  const further: Record<string, string> = {};
  if (report) {
    const faces = await mistakenFaces(path, evaluation, pipeline);
    further["report.html"] = reportHtml({ set, evaluation, description, faces, random });
  }
  await writeRun(directory, set, evaluation, description, further);
  console.log(`records and tables: ${directory}`);
  if (report) console.log(`report: ${join(directory, "report.html")} (npm run report opens it)`);
}

/** The embedders that classifiers need beside the usual one. */
function embeddersOf(classifiers: readonly Classifier[]): string[] {
  const names = classifiers.map(({ embedder }) => embedder);
  return [...new Set(names.filter((name) => name !== undefined))];
}

function photosPerPerson(text: string): number | "all" {
  return text === "all" ? "all" : integer(1)(text);
}

/** Which people and photos: LFW is drawn so that everybody has as many, other datasets are taken whole. */
function drawing(
  { minPhotos, photosPerPerson: drawn, people }: EvalOptions,
  lfw: boolean,
): { minPhotos?: number; photosPerPerson?: number; people?: number } {
  const least = minPhotos ?? (lfw ? Math.max(LFW_PHOTOS, drawn === "all" ? 0 : (drawn ?? 0)) : undefined);
  const wholly = drawn === "all" || (drawn === undefined && !(lfw && (least ?? 0) >= LFW_PHOTOS));
  return {
    minPhotos: least,
    photosPerPerson: wholly ? undefined : ((drawn as number | undefined) ?? LFW_PHOTOS),
    people,
  };
}

function printDataset(set: EmbeddedSet, path: string): void {
  const people = new Set(set.photos.map(({ label }) => label)).size;
  console.log(`dataset: ${path}, ${people} people`);
  printProvenance(set.provenance);
  printWithoutFace(set.photos);
}

function runName(path: string): string {
  const time = new Date()
    .toISOString()
    .replaceAll(":", "-")
    .replace(/\.\d+Z$/, "");
  const dataset = path.split(/[\\/]/).filter(Boolean).at(-1) ?? "dataset";
  return `${time}-${dataset.replace(/\.npz$/, "")}-${process.pid}`;
}

/** Settings without what was not given, as plain JSON values. */
function plain(settings: object): Record<string, string | number | boolean | null> {
  const values = Object.entries(settings).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    values.map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : value]),
  );
}
