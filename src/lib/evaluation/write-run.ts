import { randomUUID } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "csv-stringify/sync";
import { InputError } from "../errors.js";
import type { EmbeddedSet } from "../pipeline/embedded-set.js";
import type { Params } from "../types.js";
import { comparisonFrame } from "./comparison-frame.js";
import { comparisonTable, toMarkdown } from "./comparison-table.js";
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
 * run.json (settings, data, models with their sha256, splits, what each fit chose), records.csv (one line for each test
 * photo and classifier), photos-without-a-face.csv, table.csv and table.md.
 * @param directory must not exist yet.
 * @throws InputError where it exists, or cannot be written.
 */
export async function writeRun(
  directory: string,
  set: EmbeddedSet,
  evaluation: Evaluation,
  description: RunDescription,
): Promise<void> {
  const temporary = `${directory}.${randomUUID()}.tmp`;
  try {
    await mkdir(temporary, { recursive: true });
    for (const [name, text] of Object.entries(runFiles(set, evaluation, description))) {
      await writeFile(join(temporary, name), text);
    }
    await rename(temporary, directory);
  } catch (cause) {
    await rm(temporary, { recursive: true, force: true });
    throw new InputError(`cannot write run: ${directory} (${(cause as Error).message})`, { cause });
  }
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
    dataset: { name: set.name, photos: set.photos.length, withoutFace: missing.length, ignored },
    provenance: set.provenance,
    classifiers: evaluation.classifiers,
    notices: evaluation.notices,
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
    "table.md": `${toMarkdown(comparisonTable(evaluation))}\n`,
  };
}

function csv(rows: readonly object[], columns?: string[]): string {
  return stringify([...rows], { header: true, columns, cast: { boolean: String } });
}
