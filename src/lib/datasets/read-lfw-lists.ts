import { readFile } from "node:fs/promises";
import { InputError } from "../errors.js";
import type { LfwPhoto } from "./load-lfw.js";

/** Two photos, and whether they show one person. */
export interface LfwPair {
  readonly a: LfwPhoto;
  readonly b: LfwPhoto;
  readonly same: boolean;
}

/**
 * Reads one of LFW's lists of pairs: `pairs.txt` (View 2: 10 folds of 300 same and 300 different pairs), or
 * `pairsDevTrain.txt` and `pairsDevTest.txt` (View 1: one list of 1,100 or 500 of each, to tune on).
 * @returns the folds in the file's order; one fold for View 1.
 * @throws InputError with the line's number where the file is missing, malformed or not as long as its header says.
 * @see the README of LFW
 */
export async function readLfwPairs(file: string): Promise<{ folds: LfwPair[][] }> {
  const lines = await readLines(file);
  const header = lines.next("a header: folds and pairs, or pairs");
  const counts = header.fields.map(Number);
  const [foldCount, pairCount] = counts.length === 2 ? counts : [1, counts[0]];
  if (counts.length > 2 || !isCount(foldCount) || !isCount(pairCount))
    throw header.wrong("a header: folds and pairs, or pairs");
  const folds = Array.from({ length: foldCount }, () =>
    Array.from({ length: 2 * pairCount }, (_, i) => readPair(lines, i < pairCount)),
  );
  lines.end();
  return { folds };
}

function readPair(lines: Lines, same: boolean): LfwPair {
  const expected = same
    ? "a same pair: NAME, NUMBER, NUMBER"
    : "a different pair: NAME, NUMBER, NAME, NUMBER";
  const { fields, wrong } = lines.next(expected);
  const [name = "", first, ...rest] = fields;
  const [otherName, second] = same ? [name, rest[0]] : [rest[0] ?? "", rest[1]];
  const a = { name, number: Number(first) };
  const b = { name: otherName, number: Number(second) };
  if (fields.length !== (same ? 3 : 4) || !isCount(a.number) || !isCount(b.number)) throw wrong(expected);
  if (!same && a.name === b.name) throw wrong("two different names");
  return { a, b, same };
}

/** How many photos LFW's list of people gives to a name. */
export interface LfwPerson {
  readonly name: string;
  readonly photos: number;
}

/**
 * Reads one of LFW's lists of people: `people.txt` (10 folds) or `peopleDevTrain.txt` and `peopleDevTest.txt` (one list).
 * @throws InputError with the line's number where the file is missing, malformed or not as long as its headers say.
 */
export async function readLfwPeople(file: string): Promise<{ folds: LfwPerson[][] }> {
  const lines = await readLines(file);
  const count = (what: string): number => {
    const { fields, wrong } = lines.next(what);
    const value = Number(fields[0]);
    if (fields.length !== 1 || !isCount(value)) throw wrong(what);
    return value;
  };
  const first = count("a header: the number of folds or people");
  const person = (): LfwPerson => {
    const { fields, wrong } = lines.next("NAME, NUMBER");
    const [name = "", photos] = [fields[0], Number(fields[1])];
    if (fields.length !== 2 || !isCount(photos)) throw wrong("NAME, NUMBER");
    return { name, photos };
  };
  // After the number of folds comes a second number; after the number of people comes a name.
  const folds =
    lines.peek()?.length === 1
      ? Array.from({ length: first }, () => Array.from({ length: count("the number of people") }, person))
      : [Array.from({ length: first }, person)];
  lines.end();
  return { folds };
}

const isCount = (value: number | undefined): value is number =>
  Number.isInteger(value) && (value as number) >= 1;

type Lines = Awaited<ReturnType<typeof readLines>>;

async function readLines(file: string) {
  const text = await readFile(file, "utf8").catch((cause: Error) => {
    throw new InputError(`cannot read list: ${file} (${cause.message})`, { cause });
  });
  const lines = text.trimEnd().split(/\r?\n/);
  let at = 0;
  const wrong = (line: number, expected: string): InputError => {
    const found = lines[line - 1] === undefined ? "the end of the file" : JSON.stringify(lines[line - 1]);
    return new InputError(`malformed list: ${file} line ${line}: ${found} (expected ${expected})`);
  };
  const split = (line: string): string[] => line.trim().split(/\s+/);
  return {
    next(expected: string) {
      const line = lines[at++];
      const number = at;
      if (!line?.trim()) throw wrong(number, expected);
      return { fields: split(line), wrong: (what: string) => wrong(number, what) };
    },
    peek: (): string[] | undefined => (lines[at] === undefined ? undefined : split(lines[at] as string)),
    end() {
      if (at < lines.length) throw wrong(at + 1, "the end of the file");
    },
  };
}
