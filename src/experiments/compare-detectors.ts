import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Command } from "commander";
import { diskCache, InputError, lineFigureSvg, shippedMtcnnWeights, writeText } from "facelab";
import { boxesSection, MIN_FACES } from "./compare-detectors/boxes.js";
import { landmarksSection } from "./compare-detectors/landmarks.js";
import { lfwSection } from "./compare-detectors/lfw.js";
import { comparisonPage } from "./compare-detectors/page.js";
import { photoSetNames, photoSets } from "./compare-detectors/photo-sets.js";
import {
  readSections,
  type SectionName,
  type Sections,
  sectionNames,
  writeSections,
} from "./compare-detectors/sections.js";
import { requireOutsideOfGit, writeSheets } from "./compare-detectors/sheet.js";
import type { Both, SideOptions } from "./compare-detectors/sides.js";
import { widerSection } from "./compare-detectors/wider.js";
import { widerPhotos } from "./compare-detectors/wider-photos.js";
import { widerFigure } from "./compare-detectors/wider-table.js";
import { integer, list, number, oneOf, thresholds } from "./options.js";
import { inCheckout } from "./paths.js";
import { progressBar } from "./progress.js";
import { requireOutput } from "./require-output.js";

const MANIFEST = "mtcnn_model-weights_manifest.json";
/** Low ones, so that a curve reaches far beyond 100 false positives. */
const CURVE_THRESHOLDS = [0.5, 0.5, 0.1];

interface CompareOptions {
  readonly weights: string;
  readonly against: string;
  readonly thresholds?: number[];
  readonly againstThresholds?: number[];
  readonly curveThresholds: number[];
  readonly againstCurveThresholds: number[];
  readonly only: string[];
  readonly sets: string[];
  readonly padding: number;
  readonly widerMinFace: number;
  readonly data: string;
  readonly output: string;
  readonly sheet?: string;
  readonly cache: boolean;
  readonly workers: number;
}

/** `facelab compare-detectors`: is one set of MTCNN weights as good as another? Asked on photos that ours were not trained on, and on LFW. */
export function addCompareDetectorsCommand(program: Command): void {
  program
    .command("compare-detectors")
    .description("compare one set of MTCNN weights with another: boxes, landmarks, WIDER FACE, LFW")
    .option(
      "--weights <file>",
      "the weights that are asked about: a tensorflow.js weights manifest",
      relative(process.cwd(), shippedMtcnnWeights),
    )
    .option(
      "--against <file>",
      "the weights to compare with",
      inCheckout(`../shared/models/mtcnn-reference/${MANIFEST}`),
    )
    .option("--thresholds <p,r,o>", "least scores of --weights (default: 0.6,0.7,0.7)", thresholds)
    .option("--against-thresholds <p,r,o>", "least scores of --against (default: 0.6,0.7,0.7)", thresholds)
    .option(
      "--curve-thresholds <p,r,o>",
      "least scores of --weights for WIDER FACE's curves",
      thresholds,
      CURVE_THRESHOLDS,
    )
    .option("--against-curve-thresholds <p,r,o>", "the same of --against", thresholds, CURVE_THRESHOLDS)
    .option(
      "--only <sections>",
      "which sections to run; the others keep their records",
      list(oneOf(sectionNames)),
      [...sectionNames],
    )
    .option("--sets <names>", "photos of the sections boxes and landmarks", list(oneOf(photoSetNames)), [
      ...photoSetNames,
    ])
    .option(
      "--padding <share>",
      "black border about photos whose faces touch their own, for landmarks; 0 for none",
      padding,
      0.3,
    )
    .option("--wider-min-face <pixels>", "smallest face to look for in WIDER FACE's photos", integer(12), 20)
    .option(
      "--data <folder>",
      "holds tv-characters, celebrities-5, widerface-val-200 and lfw",
      inCheckout("../shared/data"),
    )
    .option(
      "--output <folder>",
      "where records and tables are written",
      relative(process.cwd(), inCheckout("results/mtcnn")),
    )
    .option(
      "--sheet <folder>",
      "also draw every missed face and every extra box into pictures there, outside of any checkout",
    )
    .option("--no-cache", "compute everything again, and keep nothing")
    .option("--workers <n>", "photos of LFW to work on at once", integer(1), 2)
    .action(compare);
}

/** 0, or what a detector takes. */
function padding(text: string): number {
  return Number(text) === 0 && text.trim() !== "" ? 0 : number(0, 2)(text);
}

async function compare(options: CompareOptions): Promise<void> {
  if (options.sheet !== undefined) {
    if (!options.only.includes("boxes"))
      throw new InputError("--sheet needs the section boxes (add it to --only)");
    requireOutsideOfGit(options.sheet);
    await requireOutput(options.sheet, "folder", "--sheet");
  }
  await requireOutput(options.output, "folder");
  const before = await readSections(options.output);
  const { made, sheets } = await sections(options);
  await mkdir(options.output, { recursive: true });
  await writeSections(options.output, made);
  const all: Sections = { ...before, ...made };
  if (all.wider !== undefined) {
    const figure = widerFigure(all.wider);
    await writeText(join(options.output, "wider-recall.json"), `${JSON.stringify(figure)}\n`);
    await writeText(join(options.output, "wider-recall.svg"), lineFigureSvg(figure));
  }
  const page = comparisonPage(all);
  await writeText(join(options.output, "README.md"), page);
  console.log(page);
  for (const path of sheets) console.log(`picture: ${path}`);
  console.log(`records and tables: ${options.output}`);
}

async function sections(options: CompareOptions): Promise<{ made: Sections; sheets: readonly string[] }> {
  const runs = (name: SectionName): boolean => options.only.includes(name);
  const both: Both<SideOptions> = {
    ours: {
      weights: options.weights,
      thresholds: options.thresholds,
      curveThresholds: options.curveThresholds,
    },
    reference: {
      weights: options.against,
      thresholds: options.againstThresholds,
      curveThresholds: options.againstCurveThresholds,
    },
  };
  const lfw = join(options.data, "lfw");
  if (runs("lfw") && !existsSync(lfw))
    throw new InputError(`no such folder: ${lfw} (give --data, or leave lfw out of --only)`);
  const cache = options.cache ? diskCache() : undefined;
  const sets = runs("boxes") || runs("landmarks") ? await photoSets(options.data, options.sets) : [];
  const photos = sets.reduce((sum, set) => sum + set.photos.length, 0);
  const wider = runs("wider") ? await widerPhotos(join(options.data, "widerface-val-200")) : [];
  const boxes = runs("boxes")
    ? await counted(MIN_FACES.length * photos, (done) => boxesSection(sets, both, cache, done))
    : undefined;
  const sheets =
    options.sheet !== undefined && boxes ? await writeSheets(options.sheet, sets, boxes.records) : [];
  const landmarks = runs("landmarks")
    ? await counted(photos, (done) => landmarksSection(sets, both, options.padding, cache, done))
    : undefined;
  const curves = runs("wider")
    ? await counted(wider.length, (done) => widerSection(wider, both, options.widerMinFace, cache, done))
    : undefined;
  const bar = progressBar("photos");
  const recognition = runs("lfw")
    ? await lfwSection(
        { lfw, celebrities: join(options.data, "celebrities-5") },
        both,
        { cache: options.cache, workers: options.workers },
        bar.update,
      ).finally(bar.stop)
    : undefined;
  const made = { boxes, landmarks, wider: curves, lfw: recognition };
  return { made: Object.fromEntries(Object.entries(made).filter(([, one]) => one !== undefined)), sheets };
}

/** Runs something with a bar that goes forward by each call. */
async function counted<T>(total: number, run: (onPhoto: () => void) => Promise<T>): Promise<T> {
  const bar = progressBar("photos");
  let done = 0;
  return run(() => bar.update(++done, total)).finally(bar.stop);
}
