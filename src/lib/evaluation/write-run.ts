import { lstat, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { stringify } from "csv-stringify/sync";
import { InputError } from "../errors.js";
import type { EmbeddedSet } from "../pipeline/embedded-set.js";
import type { Params } from "../types.js";
import { writeAside } from "../write-aside.js";
import { classificationReports } from "./classification-reports.js";
import { comparePairs } from "./compare-pairs.js";
import { comparisonFrame } from "./comparison-frame.js";
import { comparisonTable, scoresTable, toMarkdown } from "./comparison-table.js";
import { confusions } from "./confusions.js";
import { dataSha256 } from "./data-sha256.js";
import type { Evaluation } from "./evaluate.js";

/** What a run directory says besides the numbers. */
export interface RunDescription {
  readonly settings: Params;
  /** Version of facelab, of Node, platform. */
  readonly environment: Params;
  /** Files that the dataset's loader did not use. */
  readonly ignored: readonly { readonly path: string; readonly reason: string }[];
}

/**
 * Writes a run as a folder that appears whole or not at all:
 * run.json (settings, data, models with their sha256, splits, duplicates, what each fit chose), records.csv (one line for each test
 * photo and classifier), photos-without-a-face.csv, table.csv and table.md, confusions.csv and classification-report.txt.
 * @param directory must not exist yet.
 * @param further texts of more files, by name, as of a report.
 * @throws InputError where it exists, or cannot be written.
 */
export async function writeRun(
  directory: string,
  set: EmbeddedSet,
  evaluation: Evaluation,
  description: RunDescription,
  further: Readonly<Record<string, string>> = {},
): Promise<void> {
  const files = Object.entries({ ...runFiles(set, evaluation, description), ...further });
  const target = resolve(directory);
  // rename replaces an empty folder without a word.
  if (await exists(target)) {
    throw new InputError(`cannot write run: ${directory} (it exists already; give another name)`);
  }
  try {
    await writeAside(target, async (aside) => {
      await mkdir(aside, { recursive: true });
      for (const [name, text] of files) await writeFile(join(aside, name), text);
    });
  } catch (cause) {
    throw new InputError(`cannot write run: ${directory} (${reason(cause)})`, { cause });
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false, // or out of reach, which mkdir will say
  );
}

function reason(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === "ENOTDIR" || code === "EEXIST") return "a folder of this path is a file";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  return message;
}

function runFiles(
  set: EmbeddedSet,
  evaluation: Evaluation,
  { settings, environment, ignored }: RunDescription,
): Record<string, string> {
  const missing = set.photos.filter((photo) => photo.kind === "none");
  const run = {
    settings,
    environment,
    dataset: {
      name: set.name,
      photos: set.photos.length,
      withoutFace: missing.length,
      sha256: dataSha256(set),
      ignored,
    },
    provenance: set.provenance,
    classifiers: evaluation.classifiers,
    notRun: evaluation.notRun,
    comparison: comparePairs(evaluation),
    notices: evaluation.notices,
    duplicates: evaluation.duplicates,
    fits: evaluation.fits,
    splits: evaluation.splits.map(({ train, test }) => ({
      train: train.map((index) => set.photos[index]?.path),
      test: test.map((index) => set.photos[index]?.path),
    })),
  };
  const frame = comparisonFrame(evaluation);
  return {
    "run.json": `${JSON.stringify(run, null, 1)}\n`,
    "records.csv": csv(evaluation.records.map((record) => ({ ...record }))),
    "photos-without-a-face.csv": csv(
      missing.map(({ path, label, part, reason, detail }) => ({ path, label, part, reason, detail })),
      ["path", "label", "part", "reason", "detail"],
    ),
    "table.csv": stringify([frame.columns, ...(frame.values as unknown[][])]),
    "table.md": `${toMarkdown(comparisonTable(evaluation))}\n\n${toMarkdown(scoresTable(evaluation))}\n`,
    "confusions.csv": csv(confusions(evaluation), ["classifier", "label", "answer", "predicted", "count"]),
    "classification-report.txt": classificationReports(evaluation)
      .map(([name, report]) => `${name}\n\n${report}`)
      .join("\n\n"),
  };
}

function csv(rows: readonly object[], columns?: string[]): string {
  return stringify([...rows], { header: true, columns, cast: { boolean: String } });
}
