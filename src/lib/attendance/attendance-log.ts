import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";
import { InputError } from "../errors.js";
import { writeText } from "../recognition/write-text.js";
import type { AttendanceAnswer } from "./attendance-answer.js";

/** What became of a face: `marked` once for each person and session. */
export type Decision = "marked" | "already marked" | "unknown" | "review";

const columns = [
  "session",
  "date",
  "time",
  "id",
  "other",
  "distance",
  "margin",
  "decision",
  "model",
  "source",
] as const;

/** A line of the log, as it stands in the file. */
export type AttendanceEntry = Readonly<Record<(typeof columns)[number], string>>;

/** Where and when a face was seen. */
export interface Seen {
  readonly at: Date;
  /** The photo, video or camera. */
  readonly source: string;
}

/** The attendance of one session, kept in a CSV file. */
export interface AttendanceLog {
  readonly entries: readonly AttendanceEntry[];
  /** Who is marked today in this session, in the order of their marks. */
  marked(): string[];
  /** Takes down what was answered, and writes the file. @returns what became of it. */
  take(answer: AttendanceAnswer, seen: Seen): Promise<Decision>;
}

/**
 * Opens the log of a session; what stands in the file stays, also of other sessions, so that whoever was marked before an interruption is not
 * marked twice. The file is CSV (RFC 4180, UTF-8): session, local date (2026-11-27) and time (08:15:02), the person's `id` (the folder's name; empty where
 * unknown), for a review the `other` candidate, distance and margin, decision, the model's hash, and the photo or video. In pandas
 * read it with `keep_default_na=False`. A text that a spreadsheet would run (`=`, `+`, `-`, `@` in front) has a `'` before it.
 * One program at a time writes a log.
 * @param path written whole or not at all at every entry, so nothing that was marked is lost.
 * @param session such as the class; marks are once for each person, session and date.
 * @throws InputError where the file cannot be read or written, or is no such log.
 */
export async function attendanceLog(path: string, session: string, model: string): Promise<AttendanceLog> {
  const entries = await readLog(path);
  const marksOf = (day: string): string[] =>
    entries
      .filter((entry) => entry.decision === "marked" && entry.session === session && entry.date === day)
      .map(({ id }) => id);
  return {
    entries,
    marked: () => marksOf(local(new Date()).date),
    async take({ kind, label, other, distance, margin }, { at, source }) {
      const { date, time } = local(at);
      const decision = kind !== "person" ? kind : marksOf(date).includes(label) ? "already marked" : "marked";
      const id = kind === "unknown" ? "" : label;
      const numbers = {
        distance: distance.toFixed(4),
        margin: Number.isFinite(margin) ? margin.toFixed(4) : "",
      };
      entries.push({ session, date, time, id, other, ...numbers, decision, model, source });
      await writeText(path, toCsv(entries));
      return decision;
    },
  };
}

function toCsv(entries: readonly AttendanceEntry[]): string {
  const guarded = entries.map((entry) => ({
    ...Object.fromEntries(Object.entries(entry).map(([key, text]) => [key, guard(text)])),
    // Numbers of our own: a margin below 0 is no formula.
    ...{ distance: entry.distance, margin: entry.margin },
  }));
  return stringify(guarded, { header: true, columns: [...columns] });
}

/** Also what has the `'` already, so that it comes back as it was. */
const guard = (text: string): string => (/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text);
const unguard = (text: string): string => (/^'+[=+\-@\t\r]/.test(text) ? text.slice(1) : text);

async function readLog(path: string): Promise<AttendanceEntry[]> {
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return "";
    throw new InputError(`cannot read file: ${path} (${cause.message})`, { cause });
  });
  if (text === "") return [];
  const rows = parseRows(path, text);
  if (rows[0]?.join() !== columns.join()) {
    throw new InputError(`not an attendance log: ${path} (its first line must be ${columns.join()})`);
  }
  return rows
    .slice(1)
    .map(
      (row) => Object.fromEntries(columns.map((key, i) => [key, unguard(row[i] ?? "")])) as AttendanceEntry,
    );
}

function parseRows(path: string, text: string): string[][] {
  try {
    return parse(text);
  } catch (cause) {
    throw new InputError(`not an attendance log: ${path} (${(cause as Error).message})`, { cause });
  }
}

function local(at: Date): { date: string; time: string } {
  const two = (n: number): string => String(n).padStart(2, "0");
  return {
    date: `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`,
    time: `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`,
  };
}
