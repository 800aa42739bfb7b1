import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError, writeText } from "facelab";
import type { Question } from "./question.js";
import { questionText, RECORDS } from "./question-files.js";
import { readRecords } from "./records-file.js";

const MARKED = /(<!-- questions -->)[\s\S]*?(<!-- \/questions -->)/;

/** The page about all results with every question between its two markers; one without records says so. */
export async function resultsPage(results: string, questions: readonly Question[]): Promise<string> {
  const page = await readFile(join(results, "README.md"), "utf8");
  if (!MARKED.test(page)) {
    throw new InputError(`${join(results, "README.md")} has no place for the questions (<!-- questions -->)`);
  }
  const parts: string[] = [];
  for (const question of questions) {
    const records = await readRecords(join(results, question.name, RECORDS));
    const text =
      records === undefined
        ? `Not measured yet: \`npm run experiments -- ${question.number}\`.\n`
        : questionText(question, records, question.name);
    parts.push(`## ${question.number}: ${question.title}\n\n${text}`);
  }
  return page.replace(MARKED, (_, start, end) => `${start}\n\n${parts.join("\n")}\n${end}`);
}

/** Writes {@link resultsPage} over the page. */
export async function writeResultsPage(results: string, questions: readonly Question[]): Promise<void> {
  await writeText(join(results, "README.md"), await resultsPage(results, questions));
}
