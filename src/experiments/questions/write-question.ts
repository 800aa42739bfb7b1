import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { writeText } from "facelab";
import type { Question } from "./question.js";
import { questionFiles, RECORDS } from "./question-files.js";
import type { Records } from "./records.js";
import { writeRecords } from "./records-file.js";

/** Writes a question's records and everything that is made from them. */
export async function writeQuestion(folder: string, question: Question, records: Records): Promise<void> {
  await writeRecords(join(folder, RECORDS), records);
  await writeShown(folder, question, records);
}

/** Writes everything that is made from a question's records, and removes tables and charts that no longer are. */
export async function writeShown(folder: string, question: Question, records: Records): Promise<void> {
  const files = questionFiles(question, records);
  for (const [name, text] of files) await writeText(join(folder, name), text);
  const stale = (await readdir(folder)).filter((name) => /\.(md|csv|svg)$/.test(name) && !files.has(name));
  for (const name of stale) await rm(join(folder, name));
}
