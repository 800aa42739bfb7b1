import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { createRandom, diskCache, InputError, toMarkdown } from "facelab";
import { integer } from "./options.js";
import { inCheckout } from "./paths.js";
import { progressBar } from "./progress.js";
import type { Question } from "./questions/question.js";
import { questions } from "./questions/registry.js";
import { writeResultsPage } from "./questions/results-page.js";
import { alone } from "./questions/run-lock.js";
import { writeQuestion } from "./questions/write-question.js";
import { requireOutput } from "./require-output.js";

interface ExperimentsOptions {
  readonly quick: boolean;
  readonly seed: number;
  readonly data: string;
  readonly output?: string;
  readonly cache: boolean;
  readonly workers: number;
}

/** `facelab experiments NN...`: measures the questions of results/ again. */
export function addExperimentsCommand(program: Command): void {
  program
    .command("experiments")
    .description("measure the questions of results/ again: records, tables and charts")
    .argument("[numbers...]", `which (default: all: ${questions.map(({ number }) => number).join(", ")})`)
    .option("--quick", "minutes, from what ships, into results/quick/", false)
    .option("--seed <n>", "seed of everything random", integer(0), 0)
    .option("--data <folder>", "holds lfw and the other sets of photos", inCheckout("../shared/data"))
    .option(
      "--output <folder>",
      "where folders of questions are written (default: results, or results/quick)",
    )
    .option("--no-cache", "compute everything again, and keep nothing")
    .option("--workers <n>", "photos to work on at once", integer(1), Math.min(availableParallelism(), 8))
    .action(measure);
}

async function measure(asked: readonly string[], options: ExperimentsOptions): Promise<void> {
  const chosen = chosenQuestions(asked);
  const results = inCheckout(options.quick ? "results/quick" : "results");
  const output = options.output ?? results;
  await requireOutput(output, "folder");
  for (const question of chosen) {
    console.log(`${question.number}: ${question.title}`);
    const folder = join(output, question.name);
    try {
      await alone(folder, () => measureOne(question, folder, options));
    } catch (error) {
      // Asked for everything, what can be measured here is measured; asked for this one, it has failed.
      if (asked.length > 0 || !(error instanceof InputError)) throw error;
      console.log(`not run: ${error.message}\n`);
      continue;
    }
    console.log(`\nrecords, tables and charts: ${folder}\n`);
  }
  if (output === results && !options.quick) await writeResultsPage(results, questions);
}

async function measureOne(question: Question, folder: string, options: ExperimentsOptions): Promise<void> {
  const bar = progressBar("steps");
  const records = await question
    .run({
      ...options,
      cache: options.cache ? diskCache() : undefined,
      random: createRandom(options.seed).fork(question.name),
      say: (text) => console.log(text),
      onProgress: bar.update,
    })
    .finally(bar.stop);
  await writeQuestion(folder, question, records);
  for (const { caption, rows } of question.show(records).tables) {
    console.log(`\n${caption}\n\n${toMarkdown(rows)}`);
  }
}

/** @throws InputError on a number that no question has. */
export function chosenQuestions(asked: readonly string[]): readonly Question[] {
  const unknown = asked.find((number) => !questions.some((question) => question.number === number));
  if (unknown !== undefined) {
    throw new InputError(
      `unknown experiment: ${unknown} (expected ${questions.map(({ number }) => number).join(", ")})`,
    );
  }
  return asked.length === 0 ? questions : questions.filter(({ number }) => asked.includes(number));
}
