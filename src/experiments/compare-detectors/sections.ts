import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError, type Params, writeText } from "facelab";
import type { BoxRecord } from "./boxes.js";
import type { LandmarkRecord } from "./landmarks.js";
import type { LfwRecord } from "./lfw.js";
import type { Both, WeightsUsed } from "./sides.js";
import type { WiderRecord } from "./wider.js";

/** What a section was made with. */
export interface About {
  readonly weights: Both<WeightsUsed>;
  readonly settings: Params;
}

/** What was measured, sample by sample: every table is made from this. */
export interface Section<Kind> {
  readonly about: About;
  readonly records: readonly Kind[];
}

/** All sections; one that was never run is missing. */
export interface Sections {
  readonly boxes?: Section<BoxRecord>;
  readonly landmarks?: Section<LandmarkRecord>;
  readonly wider?: Section<WiderRecord>;
  readonly lfw?: Section<LfwRecord>;
}

export const sectionNames = [
  "boxes",
  "landmarks",
  "wider",
  "lfw",
] as const satisfies readonly (keyof Sections)[];
export type SectionName = (typeof sectionNames)[number];

/** Writes the sections given; files of others stay as they are. A record has a line of its own, so that a change is seen. */
export async function writeSections(folder: string, sections: Sections): Promise<void> {
  for (const name of sectionNames) {
    const section = sections[name];
    if (section === undefined) continue;
    const lines = section.records.map((record) => JSON.stringify(record)).join(",\n");
    const text = `{"about":${JSON.stringify(section.about)},\n"records":[\n${lines}\n]}\n`;
    await writeText(join(folder, `${name}.json`), text);
  }
}

/** Reads every section that is there. @throws InputError where a file is damaged. */
export async function readSections(folder: string): Promise<Sections> {
  const found = await Promise.all(sectionNames.map(async (name) => [name, await readSection(folder, name)]));
  return Object.fromEntries(found.filter(([, section]) => section !== undefined)) as Sections;
}

async function readSection(folder: string, name: SectionName): Promise<unknown> {
  const path = join(folder, `${name}.json`);
  try {
    const section = JSON.parse(await readFile(path, "utf8")) as Partial<Section<unknown>>;
    if (section.about === undefined || !Array.isArray(section.records))
      throw new Error("no about or no records");
    return section;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    const remedy = `run compare-detectors --only ${name} again, or delete it`;
    throw new InputError(`cannot read records: ${path} (${(cause as Error).message}; ${remedy})`, { cause });
  }
}
