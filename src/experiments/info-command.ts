import type { Command } from "commander";
import {
  cacheDirectory,
  type EngineStatus,
  engineStatuses,
  facePipeline,
  type ModelCard,
  ssdDetector,
} from "facelab";
import { environment } from "./environment.js";
import { type PhotoOptions, pipelineOptions, withPhotoOptions } from "./options.js";

/** How to get the native engines where they do not load. */
const remedies: Readonly<Partial<Record<EngineStatus["engine"], string>>> = {
  "onnxruntime-node": "npm ci installs it where npm has a build of it for the platform",
  "tfjs-node": "Engines in README.md tells how to get it",
};

/** `facelab info`: which engines and models are in use and why, and what goes in and out of the models. */
export function addInfoCommand(program: Command): void {
  const command = program
    .command("info")
    .description(
      "print which engines are in use and why, and each model's input and output shapes and licence",
    );
  withPhotoOptions(command).action(async (options: PhotoOptions) => {
    const { detector, embedder, notices } = await facePipeline(pipelineOptions(options));
    for (const [name, value] of Object.entries(environment())) console.log(`${name}: ${value}`);
    console.log(`cache: ${cacheDirectory()}`);
    for (const notice of notices) console.log(`note: ${notice}`);
    const { onnx, tfjs } = await engineStatuses();
    printEngines("ONNX Runtime (detectors and embeddings)", onnx);
    printEngines("tensorflow.js (softmax, --detector ssd and tiny, --engine face-api)", tfjs);
    const used = [...detector.models, ...embedder.models];
    // Detectors of face-api share its network for landmarks.
    const others = (await ssdDetector()).models.filter(
      ({ sha256 }) => !used.some((card) => card.sha256 === sha256),
    );
    for (const card of used) printCard(card);
    for (const card of others) printCard(card, " (not in use)");
  });
}

function printEngines(runtime: string, statuses: readonly EngineStatus[]): void {
  console.log(`engines of ${runtime}:`);
  for (const { engine, inUse, reason } of statuses) {
    const remedy = inUse ? undefined : remedies[engine];
    const why = remedy === undefined ? reason : `${reason}; ${remedy}`;
    console.log(`  ${`${engine}:`.padEnd(18)}${inUse ? "in use" : "not in use"} (${why})`);
  }
}

function printCard({ name, inputs, outputs, engine, licence, sha256, source }: ModelCard, remark = ""): void {
  console.log(`\n${name}${remark}`);
  console.log(`  input    ${inputs.join("; ")}`);
  console.log(`  output   ${outputs.join("; ")}`);
  console.log(`  engine   ${engine}`);
  console.log(`  licence  ${licence}`);
  console.log(`  weights  ${source}`);
  console.log(`  sha256   ${sha256}`);
}
