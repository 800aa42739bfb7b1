#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { InputError } from "facelab";
import { addAttendanceCommand } from "./attendance-command.js";
import { addBuildLfwCommand } from "./build-lfw.js";
import { addBuildPairsCommand } from "./build-pairs.js";
import { addCacheCommand } from "./cache-command.js";
import { addCalibrateCommand } from "./calibrate.js";
import { addCompareDetectorsCommand } from "./compare-detectors.js";
import { addEmbedCommand } from "./embed-command.js";
import { addEncodeCommand } from "./encode-command.js";
import { environment } from "./environment.js";
import { addEvalCommand } from "./eval-command.js";
import { addExperimentsCommand } from "./experiments-command.js";
import { addExtractCommand } from "./extract-command.js";
import { addFetchCommand } from "./fetch-command.js";
import { addInfoCommand } from "./info-command.js";
import { addLabCommand } from "./lab-command.js";
import { addModelsCommand } from "./models-command.js";
import { addNotebooksCommands } from "./notebooks-command.js";
import { addPredictCommand } from "./predict-command.js";
import { printable } from "./printable.js";
import { addRecogniseCommand } from "./recognise-command.js";
import { addReportCommand } from "./report-command.js";
import { addTablesCommand } from "./tables-command.js";
import { addTrainCommand } from "./train-command.js";
import { addTuneChipCommand } from "./tune-chip.js";
import { addTuneVerifyCommand } from "./tune-verify.js";
import { addVerifyCommand } from "./verify-command.js";

/** Exit codes: 1 for data that cannot be used, 2 for a command line that cannot be understood. */
const DATA = 1;
const USAGE = 2;

const program = new Command("facelab")
  .description("Face recognition step by step, and an honest comparison of classifiers")
  .version(String(environment().facelab))
  .exitOverride()
  .showHelpAfterError("(--help lists the options)");

for (const add of [
  addEvalCommand,
  addReportCommand,
  addExperimentsCommand,
  addTablesCommand,
  addExtractCommand,
  addEmbedCommand,
  addEncodeCommand,
  addTrainCommand,
  addRecogniseCommand,
  addVerifyCommand,
  addPredictCommand,
  addAttendanceCommand,
  addLabCommand,
  addNotebooksCommands,
  addFetchCommand,
  addModelsCommand,
  addInfoCommand,
  addCacheCommand,
  addBuildLfwCommand,
  addBuildPairsCommand,
  addCalibrateCommand,
  addCompareDetectorsCommand,
  addTuneChipCommand,
  addTuneVerifyCommand,
]) {
  add(program);
}
for (const command of program.commands)
  command.exitOverride().showHelpAfterError("(--help lists the options)");

// `facelab eval | head` closes the pipe early: the run is still written.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : USAGE;
  } else if (error instanceof InputError) {
    console.error(`facelab: ${printable(error.message)}`);
    process.exitCode = DATA;
  } else {
    throw error;
  }
}
