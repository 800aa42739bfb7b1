import { join } from "node:path";
import type { Command } from "commander";
import { inCheckout } from "./paths.js";
import { RECORDS } from "./questions/question-files.js";
import { readRecords } from "./questions/records-file.js";
import { questions } from "./questions/registry.js";
import { writeResultsPage } from "./questions/results-page.js";
import { alone } from "./questions/run-lock.js";
import { writeShown } from "./questions/write-question.js";

/** `facelab tables`: makes every table and chart of results/ from the records beside it. */
export function addTablesCommand(program: Command): void {
  program
    .command("tables")
    .description("make every table and chart of results/ again from the records beside it")
    .action(async () => {
      const results = inCheckout("results");
      for (const question of questions) {
        const folder = join(results, question.name);
        const records = await readRecords(join(folder, RECORDS));
        if (records === undefined) {
          console.log(`${question.number}: no records yet (npm run experiments -- ${question.number})`);
          continue;
        }
        await alone(folder, () => writeShown(folder, question, records));
        console.log(`${question.number}: ${folder}`);
      }
      await writeResultsPage(results, questions);
    });
}
