import type { Command } from "commander";
import { cacheDirectory, facePipeline, type ModelCard, ssdDetector } from "facelab";
import { environment } from "./environment.js";
import { type PhotoOptions, pipelineOptions, withPhotoOptions } from "./options.js";

/** `facelab info`: which models are in use, and what goes in and out of them. */
export function addInfoCommand(program: Command): void {
  const command = program
    .command("info")
    .description("print each model's input and output shapes, engine and licence");
  withPhotoOptions(command).action(async (options: PhotoOptions) => {
    const { detector, embedder, notices } = await facePipeline(pipelineOptions(options));
    for (const [name, value] of Object.entries(environment())) console.log(`${name}: ${value}`);
    console.log(`cache: ${cacheDirectory()}`);
    for (const notice of notices) console.log(`note: ${notice}`);
    const used = [...detector.models, ...embedder.models];
    // Detectors of face-api share its network for landmarks.
    const others = (await ssdDetector()).models.filter(
      ({ sha256 }) => !used.some((card) => card.sha256 === sha256),
    );
    for (const card of used) printCard(card);
    for (const card of others) printCard(card, " (not in use)");
  });
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
