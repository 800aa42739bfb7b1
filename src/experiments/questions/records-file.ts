import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import { InputError, writeAside } from "facelab";
import { z } from "zod";
import type { Cell, Columns, Records } from "./records.js";

const FORMAT = "facelab-records";

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
/** Text is kept once, and then counted: names and paths repeat thousands of times. */
const words = z.strictObject({ words: z.array(z.string()), at: z.array(z.int().min(0)) });
const shape = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(1),
  about: z.record(z.string(), z.unknown()),
  tables: z.record(z.string(), z.record(z.string(), z.union([words, z.array(cell)]))),
});
type Stored = z.infer<typeof shape>["tables"][string][string];

/** Writes records as gzipped JSON, column by column, whole or not at all. */
export async function writeRecords(path: string, { about, tables }: Records): Promise<void> {
  const stored = Object.entries(tables).map(([name, columns]) => {
    requireOneLength(name, columns);
    requireFinite(name, columns);
    return [name, Object.fromEntries(Object.entries(columns).map(([key, values]) => [key, store(values)]))];
  });
  const text = JSON.stringify({ format: FORMAT, version: 1, about, tables: Object.fromEntries(stored) });
  const bytes = await promisify(gzip)(text, { level: 9 });
  await writeAside(path, (aside) => writeFile(aside, bytes, { flush: true })).catch((cause: Error) => {
    throw new InputError(`cannot write records: ${path} (${cause.message})`, { cause });
  });
}

/** Reads what {@link writeRecords} wrote; undefined where there is no such file. @throws InputError where it is damaged or of another format. */
export async function readRecords(path: string): Promise<Records | undefined> {
  try {
    const { about, tables } = shape.parse(JSON.parse(String(await promisify(gunzip)(await readFile(path)))));
    const restored = Object.entries(tables).map(([name, columns]): [string, Columns] => {
      const values = Object.entries(columns).map(([key, one]) => [key, restore(one)]);
      const whole = Object.fromEntries(values) as Columns;
      requireOneLength(name, whole);
      return [name, whole];
    });
    return { about, tables: Object.fromEntries(restored) };
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : (cause as Error).message;
    throw new InputError(
      `cannot read records: ${path} (${reason.split("\n")[0]}; run the experiment again, or get the file back with git checkout)`,
      { cause },
    );
  }
}

function store(values: readonly Cell[]): Stored {
  if (values.length === 0 || !values.every((value) => typeof value === "string")) return [...values];
  const places = new Map([...new Set(values as readonly string[])].map((word, i) => [word, i]));
  return { words: [...places.keys()], at: (values as readonly string[]).map((word) => places.get(word)!) };
}

function restore(stored: Stored): readonly Cell[] {
  if (Array.isArray(stored)) return stored;
  return stored.at.map((place) => {
    const word = stored.words[place];
    if (word === undefined) throw new Error(`no word ${place} among ${stored.words.length}`);
    return word;
  });
}

function requireOneLength(name: string, columns: Columns): void {
  const lengths = new Set(Object.values(columns).map(({ length }) => length));
  if (lengths.size > 1) throw new Error(`columns of ${name} are of ${[...lengths].join(" and ")} rows`);
}

/** JSON would make null of them. */
function requireFinite(name: string, columns: Columns): void {
  for (const [key, values] of Object.entries(columns)) {
    const wrong = values.find((value) => typeof value === "number" && !Number.isFinite(value));
    if (wrong !== undefined) throw new Error(`column ${key} of ${name} holds ${wrong}`);
  }
}
